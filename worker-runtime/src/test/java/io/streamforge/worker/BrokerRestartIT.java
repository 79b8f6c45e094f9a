package io.streamforge.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.messages.Event;
import io.streamforge.messages.WorkerStatus;
import io.streamforge.worker.testing.Installation;
import io.streamforge.worker.testing.TestRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerRestartIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Installation installation;

    @BeforeEach
    void start() {
        installation = new Installation(directory);
    }

    @AfterEach
    void stop() {
        installation.close();
    }

    @Test
    void shouldGoOnByItselfWhenTheBrokerIsBack() throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", 30_000)
                .source("delay", "10ms")
                .partitions(2)
                .create();
        Worker sink = run.startSink(1);
        Worker source = run.startSource(1);
        await().atMost(SOON).until(() -> run.target().ids().size() > 1000);

        installation.stopBroker();
        installation.startBroker();

        assertThat(source.result().get(90, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.DONE);
        run.drain(1);
        assertThat(sink.result().get(60, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.target().ids())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 30_000).boxed().toList());
        List<Event> events = installation.events(run.queueId);
        assertThat(events).noneMatch(event -> event.status() == WorkerStatus.ERROR);
        assertThat(events).filteredOn(Event::finished).hasSize(2);
    }

    @Test
    void shouldStopInTimeWhileTheBrokerIsAway() throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", 1_000_000)
                .source("delay", "10ms")
                .create();
        Worker source = run.startSource(1, Tuning.DEFAULT.withStopDeadline(Duration.ofSeconds(3)));
        await().atMost(SOON).until(() -> run.control().acknowledged.get() > 0);
        installation.stopBroker();

        source.stop();

        assertThat(source.result().get(30, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.DONE);
        installation.startBroker();
    }

    @Test
    void shouldNotWaitForTheBrokerForEverWhenItHasNothingToDo() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 10).create();
        Worker sink = run.startSink(1, Tuning.DEFAULT.withPatience(Duration.ofSeconds(1), Duration.ofSeconds(1)));
        await().atMost(SOON).until(() -> !installation.events(run.queueId).isEmpty());
        installation.stopBroker();

        WorkerResult result = sink.result().get(60, TimeUnit.SECONDS);

        assertThat(result.exitCode()).isEqualTo(ExitCode.RETRYABLE);
        assertThat(result.error().orElseThrow().code()).isEqualTo("KAFKA-UNAVAILABLE");
        installation.startBroker();
    }

    @Test
    void shouldGiveUpWhenTheBrokerStaysAway() throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", 1_000_000)
                .source("delay", "10ms")
                .create();
        Worker source = new Worker(
                new WorkerSettings(
                        installation.bootstrapServers(),
                        run.saySource(1),
                        java.util.Map.of(
                                "max.block.ms", "1000", "delivery.timeout.ms", "1500", "request.timeout.ms", "1000"),
                        io.streamforge.connector.References.ofEnvironment(java.util.Map.of()),
                        Tuning.DEFAULT.withPatience(Duration.ofSeconds(1), Duration.ofSeconds(3))),
                io.streamforge.connector.Catalog.load());
        source.start();
        await().atMost(SOON).until(() -> run.control().acknowledged.get() > 0);
        installation.stopBroker();

        WorkerResult result = source.result().get(60, TimeUnit.SECONDS);

        assertThat(result.exitCode()).isEqualTo(ExitCode.RETRYABLE);
        assertThat(result.error().orElseThrow().code()).isEqualTo("KAFKA-UNAVAILABLE");
        installation.startBroker();
    }
}
