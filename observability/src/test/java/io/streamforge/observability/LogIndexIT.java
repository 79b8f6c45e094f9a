package io.streamforge.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.streamforge.messages.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a server and its workers log in runs that go well and badly, indexed under the shipped template and found by the shipped
 * searches; {@code -Pchaos} runs it.
 */
@Tag("chaos")
class LogIndexIT {

    private static final Path SHIPPED = Path.of("..", "k8s", "observability");
    private static final String STREAM = "streamforge-logs";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    static Path directory;

    private static List<String> lines = List.of();
    private static SearchEngine index;

    @BeforeAll
    static void indexALog() throws Exception {
        lines = logOfRuns();
        index = SearchEngine.start(directory.resolve("index"));
        ObjectNode template = (ObjectNode) Json.MAPPER.readTree(shipped("elasticsearch/index-template.json"));
        // The lifecycle is Elasticsearch's; OpenSearch does not know the setting.
        ((ObjectNode) template.path("template").path("settings")).remove("index.lifecycle.name");
        index.call("PUT", "/_index_template/" + STREAM, template.toString());
        String bulk =
                lines.stream().map(line -> "{\"create\":{}}\n" + line + "\n").collect(Collectors.joining());
        JsonNode done = index.call("POST", "/" + STREAM + "/_bulk?refresh=true", bulk);
        assertThat(done.path("errors").asBoolean(true)).as(done.toString()).isFalse();
    }

    @AfterAll
    static void stop() throws Exception {
        if (index != null) {
            index.close();
        }
    }

    /** One run that completes after it was tried again, and one that fails. */
    private static List<String> logOfRuns() throws Exception {
        HttpServer shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicInteger calls = new AtomicInteger();
        shop.createContext("/orders", exchange -> {
            boolean busy = calls.incrementAndGet() == 2;
            byte[] body = "[{\"id\": 1}, {\"id\": 2}]".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(busy ? 503 : 200, busy ? -1 : body.length);
            exchange.getResponseBody().write(busy ? new byte[0] : body);
            exchange.close();
        });
        shop.start();
        Path bad = Files.writeString(directory.resolve("bad.csv"), "id\none\ntwo\n");
        Path data = directory.resolve("data");
        try (ServerProcess server = ServerProcess.start(data, Map.of("STREAMFORGE_LOG", "json"))) {
            server.awaitEnd(
                    server.post(workflow(
                            "good",
                            "{connector: rest, options: {url: \"http://127.0.0.1:%d/orders\", retries: 0}}"
                                    .formatted(shop.getAddress().getPort()))),
                    LIMIT);
            server.awaitEnd(
                    server.post(workflow(
                            "bad", "{connector: file, options: {path: %s, columns: {id: INT64}}}".formatted(bad))),
                    LIMIT);
            Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(Files.readString(data.resolve("server.log")))
                    .containsPattern("(?s)run ended.*run ended"));
        } finally {
            shop.stop(0);
        }
        return Files.readAllLines(data.resolve("server.log"));
    }

    private static String workflow(String name, String source) {
        return """
                name: %s
                source: %s
                sinks: [{connector: sqlite, options: {url: "jdbc:sqlite:%s", table: rows, mode: insert}}]
                errors: {rejected: dead-letter, max_ratio: 0}
                restart: {strategy: none}
                """.formatted(name, source, directory.resolve(name + ".db"));
    }

    private static String shipped(String file) throws IOException {
        return Files.readString(SHIPPED.resolve(file));
    }

    @Test
    void shouldTakeEveryLine() {
        JsonNode count = index.call("GET", "/" + STREAM + "/_count", "");

        assertThat(lines).isNotEmpty();
        assertThat(count.path("count").asInt()).isEqualTo(lines.size());
    }

    @Test
    void shouldFindLinesWithEverySavedSearch() throws IOException {
        Map<String, Integer> found = new TreeMap<>();
        for (String line : shipped("kibana/streamforge.ndjson").lines().toList()) {
            JsonNode object = Json.MAPPER.readTree(line);
            if (object.path("type").asString().equals("search")) {
                JsonNode source = Json.MAPPER.readTree(object.path("attributes")
                        .path("kibanaSavedObjectMeta")
                        .path("searchSourceJSON")
                        .asString());
                String query = source.path("query").path("query").asString();
                found.put(object.path("id").asString(), hits(query));
            }
        }

        assertThat(found)
                .hasSize(6)
                .allSatisfy((search, hits) -> assertThat(hits).as(search).isPositive());
        assertThat(hits("queue_id:wf-bad-* AND code:REJECTED-RATIO")).isPositive();
        assertThat(hits("queue_id:wf-good-* AND telemetry_id:loader*")).isPositive();
    }

    private static int hits(String query) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.putObject("query").putObject("query_string").put("query", query);
        return index.call("POST", "/" + STREAM + "/_search", body.toString())
                .path("hits")
                .path("total")
                .path("value")
                .asInt();
    }

    @Test
    void shouldKeepTheIndexSmallWhateverIsLogged() {
        JsonNode fields = index.call("GET", "/" + STREAM + "/_mapping", "")
                .properties()
                .iterator()
                .next()
                .getValue()
                .path("mappings")
                .path("properties");

        assertThat(fields.size()).isBetween(10, 60);
        assertThat(fields.properties())
                .allSatisfy(field -> assertThat(field.getValue().path("type").asString(""))
                        .as(field.getKey())
                        .isIn("keyword", "text", "date", "long", "integer", "boolean"));
    }
}
