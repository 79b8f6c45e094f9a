package io.streamforge.observability;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** {@code streamforge server} as it was packaged, apart from what is on this test's class path. */
final class ServerProcess implements AutoCloseable {

    private static final Path LIBRARIES =
            Path.of("..", "standalone", "target", "lib").toAbsolutePath().normalize();
    private static final String READY = "StreamForge is ready at ";
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Set<String> ENDED = Set.of("completed", "failed", "stopped");

    private final Process process;
    private final Http http;

    private ServerProcess(Process process, Http http) {
        this.process = process;
        this.http = http;
    }

    static ServerProcess start(Path data, Map<String, String> environment) throws IOException {
        Path output = Files.createDirectories(data).resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        LIBRARIES + File.separator + "*",
                        "io.streamforge.standalone.Main",
                        "server",
                        "--data",
                        data.toString(),
                        "--port",
                        "0")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> Files.readString(output).contains(READY) || !process.isAlive());
            String ready = Files.readString(output)
                    .lines()
                    .filter(line -> line.startsWith(READY))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the server ended; see " + output));
            String token = Files.readString(data.resolve("admin-token")).strip();
            return new ServerProcess(
                    process, new Http(URI.create(ready.substring(READY.length()).strip()), token));
        } catch (IOException | RuntimeException | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** The run's queue id. */
    String post(String workflow) {
        return http.call("POST", "/api/v1/workflows", "application/yaml", workflow)
                .path("queue_id")
                .asString();
    }

    void awaitEnd(String queueId, Duration limit) {
        Awaitility.await().atMost(limit).until(() -> {
            JsonNode run = http.call("GET", "/api/v1/runs/" + queueId, "application/json", "");
            return ENDED.contains(run.path("state").asString());
        });
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
