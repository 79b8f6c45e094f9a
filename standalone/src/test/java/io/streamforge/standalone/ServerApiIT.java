package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.messages.Json;
import io.streamforge.standalone.Curl.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What somebody with nothing but an HTTP client can do with {@code streamforge server}, and what they cannot. */
class ServerApiIT {

    private static final String WORKFLOWS = "/api/v1/workflows";
    private static final int ROWS = 250;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    static Path directory;

    private static Path csv;
    private static TestServer server;
    private static Curl curl;

    @BeforeAll
    static void start() throws Exception {
        csv = directory.resolve("orders.csv");
        StringBuilder text = new StringBuilder("id,customer,total\n");
        for (int i = 1; i <= ROWS; i++) {
            text.append(i).append(",customer-").append(i).append(',').append(i).append(".50\n");
        }
        Files.writeString(csv, text);
        server = TestServer.start(directory.resolve("data"), Map.of());
        curl = new Curl(server);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static String yaml(String name) {
        return """
                name: %s
                source:
                  connector: file
                  options:
                    path: %s
                    columns: {id: INT64, customer: STRING, total: "DECIMAL(12,2)"}
                sinks:
                  - connector: sqlite
                    options: {url: "jdbc:sqlite:%s", table: orders, mode: insert}
                """.formatted(name, csv, database(name));
    }

    private static Path database(String name) {
        return directory.resolve(name + ".db");
    }

    private static String json(String name) {
        return Json.MAPPER.writeValueAsString(Map.of(
                "name", name,
                "source",
                        Map.of(
                                "connector",
                                "file",
                                "options",
                                Map.of(
                                        "path",
                                        csv.toString(),
                                        "columns",
                                        Map.of("id", "INT64", "customer", "STRING", "total", "DECIMAL(12,2)"))),
                "sinks",
                        List.of(Map.of(
                                "connector",
                                "sqlite",
                                "options",
                                Map.of("url", "jdbc:sqlite:" + database(name), "table", "orders", "mode", "insert")))));
    }

    @Test
    void shouldRunAWorkflowSentAsYamlAndTellItsHistoryAndLogs() throws Exception {
        // when
        Answer created = curl.post(WORKFLOWS, Curl.YAML, yaml("as-yaml"));
        String queueId = created.json().path("queue_id").asString();
        RunView run = server.awaitEnd(queueId, LIMIT);

        // then
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/v1/workflows/as-yaml");
        assertThat(queueId).matches("wf-as-yaml-\\d{8}-[0-9a-f]{6}");
        assertThat(run.state()).as(run.json().toString()).isEqualTo("completed");
        assertThat(run.edges()).containsExactly(new RunView.Edge("source", "sink", ROWS, ROWS, 0, 0));
        assertThat(rows(database("as-yaml"))).isEqualTo(ROWS);
        assertThat(curl.get("/api/v1/runs/" + queueId + "/events")
                        .json()
                        .valueStream()
                        .filter(entry -> entry.path("kind").asString().equals("run"))
                        .map(entry -> entry.path("to").asString()))
                .containsSubsequence("scheduled", "starting", "running", "draining", "completed");
        Answer logs = curl.get("/api/v1/runs/" + queueId + "/logs");
        assertThat(logs.status()).isEqualTo(200);
        assertThat(logs.header("Content-Type")).startsWith("text/plain");
        assertThat(logs.body()).contains("loader-producer__", "sink-connector__");
        assertThat(curl.get(WORKFLOWS + "/as-yaml/runs").json().path("total").asInt())
                .isEqualTo(1);
    }

    @Test
    void shouldRunAWorkflowSentAsJson() throws Exception {
        Answer created = curl.post(WORKFLOWS, Curl.JSON, json("as-json"));

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/v1/workflows/as-json");
        assertThat(server.awaitEnd(created.json().path("queue_id").asString(), LIMIT)
                        .state())
                .isEqualTo("completed");
        assertThat(rows(database("as-json"))).isEqualTo(ROWS);
    }

    @Test
    void shouldReadReplaceAndRemoveAWorkflow() {
        // given
        Answer created = curl.post(WORKFLOWS + "?start=false", Curl.YAML, yaml("changing"));
        assertThat(created.status()).isEqualTo(201);
        String path = created.header("Location");

        // when
        Answer first = curl.get(path);
        Answer replaced = curl.put(path, Curl.YAML, yaml("changing").replace("table: orders", "table: orders_too"));
        Answer second = curl.get(path);
        Answer removed = curl.delete(path);

        // then
        assertThat(first.json().path("version").asInt()).isEqualTo(1);
        assertThat(first.json().has("run")).isFalse();
        assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
        assertThat(second.json().path("version").asInt()).isEqualTo(2);
        assertThat(second.json().path("spec").toString()).contains("orders_too");
        assertThat(removed.status()).isEqualTo(204);
        assertThat(curl.get(path).status()).isEqualTo(404);
        assertThat(curl.delete(path).status()).isEqualTo(404);
    }

    @Test
    void shouldAnswerARepeatedRequestAsTheFirstTime() {
        Answer first = keyed("repeated", "key-1");
        Answer again = keyed("repeated", "key-1");
        Answer different = keyed("repeated-not", "key-1");
        Answer unkeyed = curl.post(WORKFLOWS, Curl.YAML, yaml("repeated"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(different.status()).isEqualTo(422);
        assertThat(different.problem()).isTrue();
        assertThat(unkeyed.status()).isEqualTo(409);
        assertThat(curl.get(WORKFLOWS + "/repeated/runs").json().path("total").asInt())
                .isEqualTo(1);
        server.awaitEnd(first.json().path("queue_id").asString(), LIMIT);
    }

    private static Answer keyed(String name, String key) {
        return curl.call(
                "POST",
                WORKFLOWS,
                BodyPublishers.ofString(yaml(name)),
                "Content-Type",
                Curl.YAML,
                "Idempotency-Key",
                key);
    }

    @Test
    void shouldAnswerNobodyWithoutTheToken() {
        JsonNode paths = curl.get("/v3/api-docs").json().path("paths");

        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            for (String method : path.getValue().propertyNames()) {
                String call = path.getKey().replaceAll("\\{[^}]*}", "1");
                Answer refused = curl.anonymous().call(method.toUpperCase(Locale.ROOT), call, BodyPublishers.noBody());
                assertThat(refused.status()).as(method + " " + call).isEqualTo(401);
                assertThat(refused.problem()).as(refused.body()).isTrue();
            }
        }
        assertThat(curl.anonymous().get("/v3/api-docs").status()).isEqualTo(401);
        assertThat(curl.anonymous().get("/actuator/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void shouldKeepTheTokenForItsOwner() throws Exception {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("data").resolve(DataDirectory.TOKEN))))
                .isEqualTo("rw-------");
    }

    static Stream<Named<String>> unusable() {
        String laughs = """
                a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
                c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
                d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
                e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
                f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
                name: laughs
                source: *f
                """;
        return Stream.of(
                Named.of("nothing", ""),
                Named.of("malformed YAML", "name: [unclosed\nsource: {"),
                Named.of("malformed JSON", "{\"name\": \"x\", \"source\": {"),
                Named.of("a list", "[1, 2, 3]"),
                Named.of("text", "please copy my table"),
                Named.of("a Java object", "name: !!javax.script.ScriptEngineManager [x]\n"),
                Named.of("billion laughs", laughs),
                Named.of("deep nesting", "[".repeat(50_000)),
                Named.of("control characters", "name: \"\u0000\u0001\"\n"),
                Named.of("wrong types", yaml("wrong").replace("columns: {", "header: perhaps\n    columns: {")),
                Named.of("a source that is a number", "name: number\nsource: 5\nsinks: 7\n"),
                Named.of("no sinks", "name: half\nsource: {connector: file, options: {path: x.csv}}\n"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void shouldRefuseWhatIsNoWorkflowAndCreateNothing(String body) {
        String before = workflows();

        for (String type : List.of(Curl.YAML, Curl.JSON)) {
            Answer refused = curl.post(WORKFLOWS, type, body);
            assertThat(refused.status()).as(refused.body()).isBetween(400, 499);
            assertThat(refused.problem()).as(refused.body()).isTrue();
        }

        assertThat(workflows()).isEqualTo(before);
    }

    @Test
    void shouldSayWhereAnUnknownOptionStandsAndWhatWasMeant() {
        String before = workflows();
        String body = yaml("typo").replace("columns:", "colums:").replace("table: orders", "tabel: orders");

        JsonNode problems = curl.post(WORKFLOWS, Curl.YAML, body).json().path("problems");

        JsonNode colums = problem(problems, "source.options.colums");
        assertThat(colums.path("line").asInt()).isEqualTo(6);
        assertThat(colums.path("column").asInt()).isEqualTo(5);
        assertThat(colums.path("suggestion").asString()).contains("did you mean 'columns'?");
        JsonNode tabel = problem(problems, "sinks[0].options.tabel");
        assertThat(tabel.path("line").asInt()).isEqualTo(9);
        assertThat(tabel.path("suggestion").asString()).contains("did you mean 'table'?");
        assertThat(workflows()).isEqualTo(before);
    }

    @Test
    void shouldSayWhereAValueIsOfTheWrongType() {
        String body = yaml("typed").replace("    columns:", "    header: perhaps\n    columns:");

        Answer refused = curl.post(WORKFLOWS, Curl.YAML, body);

        assertThat(refused.status()).isEqualTo(422);
        JsonNode header = problem(refused.json().path("problems"), "source.options.header");
        assertThat(header.path("line").asInt()).isEqualTo(6);
        assertThat(header.path("column").asInt()).isPositive();
        assertThat(header.path("code").asString()).isNotEmpty();
    }

    private static JsonNode problem(JsonNode problems, String path) {
        return problems.valueStream()
                .filter(problem -> problem.path("path").asString().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no problem at " + path + " in " + problems));
    }

    @Test
    void shouldRefuseABodyOfTenMegabytes() {
        String before = workflows();

        Answer refused = curl.post(WORKFLOWS, Curl.YAML, yaml("large") + "# " + "x".repeat(10 << 20));

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.problem()).as(refused.body()).isTrue();
        assertThat(workflows()).isEqualTo(before);
    }

    static Stream<String> hostileNames() {
        return Stream.of(
                "../evil",
                "a/b",
                "quo'te",
                "quo\"te",
                "x; DROP TABLE runs",
                "a".repeat(300),
                "party-🎉",
                "..",
                " ",
                "${env:HOME}");
    }

    @ParameterizedTest
    @MethodSource("hostileNames")
    void shouldRefuseHostileNamesAndCreateNothing(String name) {
        String before = workflows();

        Answer inBody = curl.post(
                WORKFLOWS,
                Curl.JSON,
                json("hostile").replace("\"name\":\"hostile\"", "\"name\":" + Json.MAPPER.writeValueAsString(name)));
        Answer inPath = curl.put(WORKFLOWS + "/" + ApiClient.encode(name), Curl.JSON, json("hostile"));

        assertThat(inBody.status()).as(inBody.body()).isEqualTo(422);
        assertThat(inBody.problem()).as(inBody.body()).isTrue();
        assertThat(inPath.status()).as(inPath.body()).isBetween(400, 499);
        assertThat(inPath.problem()).as(inPath.body()).isTrue();
        assertThat(workflows()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2e%2e%2f%2e%2e%2fadmin-token", "..%2fadmin-token", "%00", "a%0d%0ab"})
    void shouldShowNoFilesUnderHostileRunIds(String id) {
        for (String rest : List.of("", "/logs", "/events", "/dead-letters")) {
            Answer refused = curl.get("/api/v1/runs/" + id + rest);

            assertThat(refused.status()).as(id + rest).isBetween(400, 404);
            assertThat(refused.body()).doesNotContain(server.token());
        }
    }

    /** Names and versions of all workflows. */
    private static String workflows() {
        JsonNode list = curl.get(WORKFLOWS + "?limit=1000").json();
        return list.path("items")
                .valueStream()
                .map(item -> item.path("name").asString() + " "
                        + item.path("version").asInt())
                .toList()
                .toString();
    }

    @Test
    void shouldDescribeEveryPathItServes() {
        assertThat(curl.get("/v3/api-docs").json().path("paths").propertyNames())
                .contains(
                        "/api/v1/workflows",
                        "/api/v1/workflows/{name}",
                        "/api/v1/workflows/{name}/start",
                        "/api/v1/workflows/{name}/stop",
                        "/api/v1/workflows/{name}/pause",
                        "/api/v1/workflows/{name}/resume",
                        "/api/v1/workflows/{name}/retry",
                        "/api/v1/workflows/{name}/runs",
                        "/api/v1/workflows/validate",
                        "/api/v1/workflows/plan",
                        "/api/v1/runs",
                        "/api/v1/runs/{queueId}",
                        "/api/v1/runs/{queueId}/stop",
                        "/api/v1/runs/{queueId}/pause",
                        "/api/v1/runs/{queueId}/resume",
                        "/api/v1/runs/{queueId}/events",
                        "/api/v1/runs/{queueId}/logs",
                        "/api/v1/runs/{queueId}/dead-letters",
                        "/api/v1/runs/{queueId}/dead-letters/replay",
                        "/api/v1/connectors",
                        "/api/v1/connectors/{type}",
                        "/api/v1/connectors/{type}/config-schema",
                        "/api/v1/connectors/{type}/check",
                        "/api/v1/metrics/runs/{queueId}",
                        "/api/v1/metrics/workers",
                        "/api/v1/metrics/system",
                        "/api/v1/templates",
                        "/api/v1/audit",
                        "/schemas/ids/{id}",
                        "/subjects",
                        "/subjects/{subject}/versions",
                        "/subjects/{subject}/versions/{version}");
    }

    private static long rows(Path database) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM orders")) {
            row.next();
            return row.getLong(1);
        }
    }
}
