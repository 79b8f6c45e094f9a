package io.streamforge.queue.launch.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.queue.launch.LaunchRequest;
import io.streamforge.queue.launch.LaunchRequest.Workload;
import io.streamforge.queue.launch.LaunchedTask;
import io.streamforge.queue.run.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLauncherIT {

    private static final String RUN = "wf-orders-20260301-a1b2c3";
    private static final String NAME = RUN + "-source-1";

    @TempDir
    Path directory;

    @AfterEach
    void endEverything() {
        try (ProcessLauncher launcher = launcher(true)) {
            assertThat(launcher.list()).hasSizeLessThan(3);
        }
    }

    @Test
    void shouldRunAWorkerWithItsEnvironmentAndKeepItsLog() {
        // given
        ProcessLauncher launcher = launcher(false);

        // when
        launcher.launch(request(NAME, Map.of("STREAMFORGE_COMMAND", "queue-control/3/42")));

        // then
        await().untilAsserted(() ->
                assertThat(launcher.log(RUN, NAME, 0, 10_000).text()).isEqualTo("command queue-control/3/42\n"));
        assertThat(launcher.logs(RUN)).containsExactly(NAME);
        assertThat(launcher.list()).singleElement().satisfies(task -> {
            assertThat(task.name()).isEqualTo(NAME);
            assertThat(task.vertex()).isEqualTo("source");
            assertThat(task.state()).isInstanceOf(TaskState.Running.class);
        });
    }

    @Test
    void shouldStartATaskOnceHoweverOftenItIsTold() throws Exception {
        // given
        ProcessLauncher launcher = launcher(false);
        LaunchRequest request = request(NAME, Map.of("STREAMFORGE_COMMAND", "first"));

        // when
        launcher.launch(request);
        launcher.launch(request);
        awaitPid();
        launcher(false).launch(request);

        // then
        assertThat(launcher.list()).hasSize(1);
        await().untilAsserted(() ->
                assertThat(launcher.log(RUN, NAME, 0, 10_000).text()).isEqualTo("command first\n"));
    }

    @Test
    void shouldAdoptARunningWorkerAndSeeItKilled() throws Exception {
        // given a worker whose launcher is gone
        launcher(false).launch(request(NAME, Map.of()));
        long pid = awaitPid();

        // when the next one comes, and the worker is killed
        ProcessLauncher next = launcher(false);
        AtomicInteger exits = new AtomicInteger();
        next.onExit(exits::incrementAndGet);
        assertThat(state(next)).isInstanceOf(TaskState.Running.class);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        // then
        await().untilAsserted(() -> assertThat(state(next)).isInstanceOf(TaskState.Exited.class));
        await().untilAsserted(() -> assertThat(exits).hasValue(1));
    }

    @Test
    void shouldTellTheExitCodeOfItsOwnWorkers() {
        // given
        ProcessLauncher launcher = launcher(false);

        // when
        launcher.launch(request(NAME, Map.of("SAMPLE_EXIT", "3")));

        // then
        await().untilAsserted(() -> assertThat(state(launcher))
                .isInstanceOfSatisfying(TaskState.Exited.class, exited -> assertThat(exited.code())
                        .isEqualTo(3)));
    }

    @Test
    void shouldRemoveARunningWorkerAndForgetItOnceGone() throws Exception {
        // given
        ProcessLauncher launcher = launcher(false);
        launcher.launch(request(NAME, Map.of()));
        long pid = awaitPid();

        // when
        launcher.remove(NAME, Duration.ofSeconds(5));
        await().until(() -> ProcessHandle.of(pid).isEmpty());
        await().untilAsserted(() -> assertThat(state(launcher)).isInstanceOf(TaskState.Exited.class));
        launcher.remove(NAME, Duration.ZERO);
        launcher.remove(NAME, Duration.ZERO);

        // then
        assertThat(launcher.list()).isEmpty();
        assertThat(launcher.logs(RUN)).as("the log stays").containsExactly(NAME);
        launcher.forgetLogs(RUN);
        assertThat(launcher.logs(RUN)).isEmpty();
    }

    @Test
    void shouldTakeItsWorkersAlongWhenConfiguredTo() throws Exception {
        // given
        ProcessLauncher launcher = launcher(true);
        launcher.launch(request(NAME, Map.of()));
        long pid = awaitPid();

        // when
        launcher.close();

        // then
        assertThat(ProcessHandle.of(pid)).isEmpty();
        try (var files = Files.list(directory.resolve("tasks"))) {
            assertThat(files).isEmpty();
        }
    }

    private static TaskState state(ProcessLauncher launcher) {
        List<LaunchedTask> tasks = launcher.list();
        return tasks.get(0).state();
    }

    private long awaitPid() throws Exception {
        Path file = directory.resolve("tasks").resolve(NAME + ".pid");
        await().until(() -> Files.exists(file) && !Files.readString(file).isBlank());
        return Long.parseLong(Files.readString(file).strip());
    }

    private static LaunchRequest request(String name, Map<String, String> environment) {
        return new LaunchRequest(name, RUN, "source", 1, "loader-producer", environment, Map.of(), 0, Workload.BOUNDED);
    }

    private ProcessLauncher launcher(boolean stopOnClose) {
        return new ProcessLauncher(new ProcessSettings(
                directory,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                SampleWorker.class.getName(),
                List.of("-XX:+UseSerialGC"),
                32L << 20,
                stopOnClose));
    }
}
