package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.streamforge.messages.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A request that its caller traces, followed to the workers by a collector that takes OTLP over HTTP. */
class TracesIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";

    @TempDir
    static Path directory;

    private static final List<JsonNode> SPANS = new CopyOnWriteArrayList<>();
    private static HttpServer collector;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            JsonNode scopes = Json.MAPPER
                    .readTree(exchange.getRequestBody().readAllBytes())
                    .path("resourceSpans")
                    .path(0)
                    .path("scopeSpans");
            scopes.path(0).path("spans").forEach(SPANS::add);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        Files.writeString(directory.resolve("rows.csv"), "id\n1\n2\n");
        server = TestServer.start(
                directory.resolve("data"),
                Map.of(
                        "STREAMFORGE_TRACES_ENDPOINT",
                        "http://127.0.0.1:" + collector.getAddress().getPort()),
                "--launcher",
                "process");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        collector.stop(0);
    }

    private static String run(String name, String flags) {
        String workflow = """
                name: %s
                source: {connector: file, options: {path: %s, columns: {id: INT64}}}
                sinks: [{connector: sqlite, options: {url: "jdbc:sqlite:%s", table: rows, mode: insert}}]
                """.formatted(name, directory.resolve("rows.csv"), directory.resolve(name + ".db"));
        Curl.Answer created = new Curl(server)
                .call(
                        "POST",
                        "/api/v1/workflows",
                        BodyPublishers.ofString(workflow),
                        "Content-Type",
                        Curl.YAML,
                        "traceparent",
                        "00-" + TRACE + "-" + CALLER + "-" + flags);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        String queueId = created.json().path("queue_id").asString();
        assertThat(server.awaitEnd(queueId, LIMIT).state()).isEqualTo("completed");
        return queueId;
    }

    @Test
    void shouldFollowASampledRequestToItsWorkersAndNoOther() throws IOException {
        // when
        run("unsampled", "00");
        String queueId = run("sampled", "01");
        Awaitility.await().atMost(LIMIT).until(() -> SPANS.size() >= 4);

        // then
        Map<String, JsonNode> spans = SPANS.stream()
                .collect(Collectors.toMap(span -> span.path("name").asString(), Function.identity()));
        assertThat(spans).containsOnlyKeys("POST /api/v1/workflows", "run sampled", "worker source", "worker sink");
        assertThat(spans.values()).allSatisfy(span -> {
            assertThat(span.path("traceId").asString()).isEqualTo(TRACE);
            assertThat(span.path("endTimeUnixNano").asLong())
                    .isGreaterThanOrEqualTo(span.path("startTimeUnixNano").asLong());
        });
        assertThat(parent(spans, "POST /api/v1/workflows")).isEqualTo(CALLER);
        assertThat(parent(spans, "run sampled")).isEqualTo(id(spans, "POST /api/v1/workflows"));
        assertThat(parent(spans, "worker source")).isEqualTo(id(spans, "run sampled"));
        assertThat(parent(spans, "worker sink")).isEqualTo(id(spans, "run sampled"));
        assertThat(spans.get("worker sink").toString()).contains(queueId);
        assertThat(new Curl(server).get("/api/v1/runs/" + queueId + "/logs").body())
                .contains("trace_id=" + TRACE);
    }

    private static String parent(Map<String, JsonNode> spans, String name) {
        return spans.get(name).path("parentSpanId").asString();
    }

    private static String id(Map<String, JsonNode> spans, String name) {
        return spans.get(name).path("spanId").asString();
    }
}
