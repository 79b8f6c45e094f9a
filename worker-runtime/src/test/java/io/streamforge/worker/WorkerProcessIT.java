package io.streamforge.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.messages.Event;
import io.streamforge.messages.WorkerStatus;
import io.streamforge.worker.testing.Installation;
import io.streamforge.worker.testing.TestRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerProcessIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    static final Installation installation = new Installation();

    private static Process process(CommandReference reference, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerMain.class.getName())
                .redirectErrorStream(true);
        builder.environment().put(WorkerEnvironment.BROKER, installation.bootstrapServers());
        builder.environment().put(WorkerEnvironment.COMMAND, reference.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static long committed(TestRun run) {
        List<Event> events = installation.events(run.queueId);
        return events.isEmpty() ? 0 : events.get(events.size() - 1).recordsRead();
    }

    @Test
    void shouldLoseAndRepeatNothingWhenItsProcessIsKilled() throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", 20_000)
                .source("delay", "10ms")
                .create();
        Process killed = process(run.saySource(1), Map.of());
        await().atMost(SOON).until(() -> committed(run) > 0);
        killed.destroyForcibly().waitFor();
        long before = committed(run);

        Process next = process(run.saySource(2), Map.of());

        assertThat(next.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(next.exitValue()).isZero();
        assertThat(before).isLessThan(20_000);
        assertThat(installation.ids(run.data(), 1))
                .containsExactlyElementsOf(LongStream.range(0, 20_000).boxed().toList());
        assertThat(run.last().recordsRead()).isEqualTo(20_000);
    }

    @Test
    void shouldCommitAndExitWithZeroOnSigterm() throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", 1_000_000)
                .source("delay", "10ms")
                .create();
        Process worker = process(run.saySource(1), Map.of(WorkerEnvironment.LOG, "json"));
        await().atMost(SOON).until(() -> committed(run) > 0);
        worker.destroy();

        assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.exitValue()).isZero();
        assertThat(run.last().status()).isEqualTo(WorkerStatus.STOPPED);
        assertThat(installation.ids(run.data(), 1)).hasSize((int) run.last().recordsWritten());
    }

    @Test
    void shouldExitWithTwoWhenItIsNotConfigured() throws Exception {
        TestRun run = new TestRun(installation).create();
        Process worker = process(run.saySource(1), Map.of(WorkerEnvironment.COMMAND, "nowhere"));

        String log = new String(worker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(worker.waitFor()).isEqualTo(2);
        assertThat(log).contains("STREAMFORGE_COMMAND").contains("'nowhere'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void shouldShowNoSecretInItsLog(String format) throws Exception {
        String secret = "c0rrect-horse";
        TestRun run = new TestRun(installation).create();
        Process worker = process(
                run.saySource(1),
                Map.of(
                        WorkerEnvironment.COMMAND,
                        secret,
                        WorkerEnvironment.SECRET_PREFIX + "SHOP",
                        secret,
                        WorkerEnvironment.LOG,
                        format));

        String log = new String(worker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(worker.waitFor()).isEqualTo(2);
        assertThat(log).contains("worker cannot start", "'***'").doesNotContain(secret);
    }

    @Test
    void shouldAnswerProbesAndPrometheus() throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", 1_000_000)
                .source("delay", "10ms")
                .create();
        Process worker = process(run.saySource(1), Map.of(WorkerEnvironment.HEALTH_PORT, "0"));
        int port = port(worker.inputReader(StandardCharsets.UTF_8));
        await().atMost(SOON).until(() -> committed(run) > 0);

        assertThat(get(port, "/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get(port, "/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get(port, "/actuator/prometheus").body())
                .contains("streamforge_records_read_total{", "queue_id=\"" + run.queueId + "\"", "telemetry_id=")
                .contains(
                        "streamforge_position_age_seconds{", "streamforge_batches_total{", "streamforge_worker_ready{")
                .contains("jvm_memory_used_bytes", "process_cpu_usage");
        worker.destroy();
        assertThat(worker.waitFor()).isZero();
    }

    private static int port(BufferedReader log) throws IOException {
        Pattern served = Pattern.compile("health is served port=\"(\\d+)\"");
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher matcher = served.matcher(line);
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
        }
        throw new AssertionError("the worker ended before it served health");
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
