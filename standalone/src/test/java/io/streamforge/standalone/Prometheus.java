package io.streamforge.standalone;

import io.streamforge.messages.Json;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** A Prometheus process of this machine that scrapes one server, twice a second, under the shipped rules. */
final class Prometheus implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI address;

    private Prometheus(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator)))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Scrapes the server with its token until it is closed. */
    static Prometheus start(Path directory, TestServer server, Path rules) throws IOException {
        URI target = server.api().server();
        Path config = Files.writeString(directory.resolve("prometheus.yaml"), """
                global: {scrape_interval: 500ms, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: streamforge-queue-manager
                    metrics_path: /actuator/prometheus
                    authorization: {credentials: "%s"}
                    static_configs: [{targets: ["%s:%d"]}]
                """.formatted(
                        rules.toAbsolutePath().normalize(), server.token(), target.getHost(), target.getPort()));
        int port = freePort();
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        Prometheus prometheus = new Prometheus(process, URI.create("http://127.0.0.1:" + port));
        Awaitility.await()
                .atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> prometheus.query("up == 1").size() == 1);
        return prometheus;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The series an expression gives now. */
    JsonNode query(String expression) {
        return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("result");
    }

    /** The rules that were loaded, in all groups. */
    List<JsonNode> rules() {
        return get("/api/v1/rules")
                .path("groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .toList();
    }

    private JsonNode get(String path) {
        try {
            String body = http.send(
                            HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString())
                    .body();
            JsonNode answer = Json.MAPPER.readTree(body);
            if (!answer.path("status").asString("").equals("success")) {
                throw new AssertionError(path + ": " + body);
            }
            return answer.path("data");
        } catch (IOException e) {
            throw new AssertionError("no answer from Prometheus", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
