package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that lives through many runs, in the launcher that has least to keep them apart. */
class RepeatedRunsIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int UNTIL_WARM = 3;
    private static final int RUNS = 12;
    /** Code that had no reason to run before; runs that each brought their connectors along would load ten times as many. */
    private static final double MORE_CLASSES = 600;

    private static final double MORE_THREADS = 5;

    @TempDir
    Path directory;

    @Test
    void shouldHoldNoClassesThreadsAndWorkersOfEndedRuns() throws Exception {
        Path rows = Files.writeString(directory.resolve("rows.csv"), "id,name\n1,a\n2,b\n");
        try (TestServer server = TestServer.start(directory.resolve("data"), Map.of(), "--launcher", "in-process")) {
            // given
            runs(server, rows, 0, UNTIL_WARM);
            double classes = measured(server, "jvm_classes_loaded_classes");
            double threads = measured(server, "jvm_threads_live_threads");

            // when
            runs(server, rows, UNTIL_WARM, UNTIL_WARM + RUNS);

            // then
            assertThat(measured(server, "jvm_classes_loaded_classes")).isLessThan(classes + MORE_CLASSES);
            Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(
                            measured(server, "jvm_threads_live_threads"))
                    .isLessThan(threads + MORE_THREADS));
        }
    }

    private void runs(TestServer server, Path rows, int from, int to) {
        IntStream.range(from, to).forEach(i -> {
            String queueId = server.post(workflow("run-" + i, rows, directory.resolve("run-" + i + ".jsonl")));
            assertThat(server.awaitEnd(queueId, LIMIT).state()).isEqualTo("completed");
        });
    }

    private static double measured(TestServer server, String name) throws Exception {
        String metrics = new Curl(server).get("/actuator/prometheus").body();
        return Arrays.stream(metrics.split("\n"))
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String workflow(String name, Path rows, Path target) {
        return """
                name: %s
                source:
                  connector: file
                  options: {path: "%s", columns: {id: INT64, name: STRING}}
                sinks:
                  - connector: file
                    options: {path: "%s", format: jsonl}
                """.formatted(name, rows, target);
    }
}
