package io.streamforge.queue.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.messages.WorkerStatus;
import io.streamforge.queue.run.Runs;
import io.streamforge.queue.testing.TestServer;
import io.streamforge.queue.testing.TestServer.Answer;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ApiIT {

    private static final String SECRET = "correct-horse-battery";

    @TempDir
    static Path directory;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String yaml(String name) {
        return """
            name: %s
            source:
              connector: numbers
              options: {count: 100}
            sinks:
              - connector: numbers
            """.formatted(name);
    }

    private static String json(String name) {
        return """
            {"name": "%s", "source": {"connector": "numbers"}, "sinks": [{"connector": "numbers"}]}\
            """.formatted(name);
    }

    @Test
    void shouldCreateAndStartAWorkflowSentAsYaml() {
        Answer created = server.post("/api/v1/workflows", yaml("as-yaml"), "Content-Type", "application/yaml");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/v1/workflows/as-yaml");
        String queueId = created.json().path("queue_id").asString();
        assertThat(queueId).matches("wf-as-yaml-\\d{8}-[0-9a-f]{6}");
        await().untilAsserted(() -> assertThat(server.launcher.running())
                .extracting("queueId", "vertex")
                .contains(
                        org.assertj.core.groups.Tuple.tuple(queueId, "source"),
                        org.assertj.core.groups.Tuple.tuple(queueId, "sink")));
        assertThat(server.broker.topics()).containsKeys(queueId + "-data", "as-yaml-positions", "queue-control");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-www-form-urlencoded", "text/plain", ""})
    void shouldReadJsonWhateverTheContentTypeSays(String contentType) {
        String name = "as-json-" + Math.abs(contentType.hashCode());

        Answer created = server.post("/api/v1/workflows?start=false", json(name), "Content-Type", contentType);

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.json().has("queue_id")).isFalse();
        assertThat(server.get("/api/v1/workflows/" + name)
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void shouldStartTheTemplateThatTheParametersName() {
        // given
        String body = """
            {"template": "market-data", "parameters": {"symbol": "BTCUSDT", "type": "api_candles_5m",
             "time_range": "2024-08-01:2024-08-02", "target": {"connector": "numbers"}}}\
            """;

        // when the exchange connector is not there
        Answer refused = server.post("/api/v1/workflows", body);

        // then it is read as the template, and refused for that only
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("problems").path(0).path("code").asString())
                .isEqualTo("UNKNOWN-CONNECTOR");
    }

    @Test
    void shouldGiveEveryProblemAtItsPlace() {
        Answer refused = server.post("/api/v1/workflows", """
            name: wrong
            source:
              connector: numbrs
            sinks:
              - connector: numbers
                options: {cuont: 1}
            """);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        JsonNode problems = refused.json().path("problems");
        assertThat(problems).hasSize(2);
        assertThat(problems.path(0).path("line").asInt()).isEqualTo(3);
        assertThat(problems.path(0).path("suggestion").asString()).contains("did you mean 'numbers'?");
        assertThat(problems.path(1).path("path").asString()).isEqualTo("sinks[0].options.cuont");
        assertThat(server.get("/api/v1/workflows/wrong").status()).isEqualTo(404);
    }

    static Stream<String> malformed() {
        return Stream.of(
                "name: [unclosed",
                "{\"name\": ",
                "",
                "just text",
                "a: &a [x,x,x,x,x,x,x,x,x]\n"
                        + "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
                        + "c: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n"
                        + "d: [*c,*c,*c,*c,*c]",
                "[".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void shouldRefuseWhatIsNoWorkflowAtAll(String body) {
        Answer refused = server.post("/api/v1/workflows", body);

        assertThat(refused.status()).as(refused.body()).isBetween(400, 422);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void shouldRefuseABodyAboveTheLimit() {
        String body = yaml("large") + "# " + "x".repeat(10 << 20);

        Answer announced = server.post("/api/v1/workflows", body);
        Answer streamed = server.send(server.request("/api/v1/workflows")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(
                        body.substring(0, 2 << 20).getBytes()))));

        assertThat(announced.status()).isEqualTo(413);
        assertThat(announced.json().path("code").asString()).isEqualTo("BODY-TOO-LARGE");
        assertThat(streamed.status()).isEqualTo(413);
        assertThat(server.get("/api/v1/workflows/large").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2e%2e%2f", "%22quotes%22", "%F0%9F%98%80", "..%5c..", "a%00b", "a%0d%0ab"})
    void shouldFindNothingUnderHostileNames(String name) {
        for (String path :
                List.of("/api/v1/workflows/", "/api/v1/runs/", "/api/v1/connectors/", "/api/v1/templates/")) {
            Answer refused = server.get(path + name);

            assertThat(refused.status()).as(path + name).isBetween(400, 404);
            assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        }
        assertThat(server.post("/api/v1/workflows/" + name + "/start", "").status())
                .isBetween(400, 404);
        assertThat(server.get("/api/v1/workflows/" + "a".repeat(300)).status()).isEqualTo(404);
        assertThat(server.post("/api/v1/workflows", yaml("'../evil'")).status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/workflows",
                "/api/v1/runs",
                "/api/v1/connectors",
                "/subjects",
                "/schemas/ids/1",
                "/v3/api-docs",
                "/nowhere",
                "/"
            })
    void shouldAnswerNobodyWithoutTheToken(String path) {
        for (String header : List.of("", "Bearer wrong", "Basic " + server.token, "Bearer")) {
            Answer refused = server.get(path, "Authorization", header);

            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        }
    }

    @Test
    void shouldKeepTheTokenForItsOwnerAndLeaveHealthOpen() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("admin-token"))))
                .isEqualTo("rw-------");
        assertThat(server.get("/actuator/health/readiness", "Authorization", "").status())
                .isEqualTo(200);
        assertThat(server.get("/actuator/health/liveness", "Authorization", "").status())
                .isEqualTo(200);
        assertThat(server.get("/actuator/prometheus", "Authorization", "").body())
                .contains("streamforge_runs");
    }

    @Test
    void shouldAnswerUnknownRoutesWithAProblem() {
        Answer unknown = server.get("/api/v1/nothing");
        Answer wrongMethod = server.put("/api/v1/runs", "");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.header("Content-Type")).startsWith("application/problem+json");
        assertThat(wrongMethod.status()).isEqualTo(405);
        assertThat(wrongMethod.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void shouldGiveTheSameAnswerToARepeatedRequest() {
        // when
        Answer first = server.post("/api/v1/workflows", yaml("once"), "Idempotency-Key", "k-1");
        Answer second = server.post("/api/v1/workflows", yaml("once"), "Idempotency-Key", "k-1");
        Answer other = server.post("/api/v1/workflows", yaml("other"), "Idempotency-Key", "k-1");

        // then
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(server.get("/api/v1/workflows/once/runs")
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        String start1 = server.post("/api/v1/workflows/once/start", "", "Idempotency-Key", "k-2")
                .body();
        assertThat(server.post("/api/v1/workflows/once/start", "", "Idempotency-Key", "k-2")
                        .body())
                .isEqualTo(start1);
    }

    @Test
    void shouldTellWhatToDoWhenAWorkflowExists() {
        server.post("/api/v1/workflows?start=false", yaml("twice"));

        Answer refused = server.post("/api/v1/workflows", yaml("twice"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("detail").asString()).contains("PUT", "/start");
    }

    @Test
    void shouldReplaceOnlyTheVersionTheCallerHasSeen() {
        // given
        server.post("/api/v1/workflows?start=false", yaml("versioned"));
        Answer seen = server.get("/api/v1/workflows/versioned");
        assertThat(seen.header("ETag")).isEqualTo("\"1\"");

        // when
        Answer replaced = server.put("/api/v1/workflows/versioned", yaml("versioned"), "If-Match", "\"1\"");
        Answer stale = server.put("/api/v1/workflows/versioned", yaml("versioned"), "If-Match", "\"1\"");

        // then
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.header("ETag")).isEqualTo("\"2\"");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(server.put("/api/v1/workflows/versioned", yaml("renamed")).status())
                .isEqualTo(422);
    }

    @Test
    void shouldNeverShowOrStoreASecret() throws Exception {
        // given
        String body = """
            name: secretive
            source:
              connector: numbers
              options: {password: %s, headers: {Authorization: "Bearer %s"}}
            sinks:
              - connector: numbers
                options: {password: "${secret:elsewhere}"}
            """.formatted(SECRET, SECRET);

        Files.writeString(directory.resolve("secrets").resolve("elsewhere"), "another-secret");

        // when
        Answer created = server.post("/api/v1/workflows", body, "Idempotency-Key", "secretive");
        String queueId = created.json().path("queue_id").asString();
        await().untilAsserted(() ->
                assertThat(server.launcher.running()).extracting("queueId").contains(queueId));

        // then
        assertThat(created.status()).isEqualTo(201);
        for (String path : List.of(
                "/api/v1/workflows/secretive",
                "/api/v1/runs/" + queueId,
                "/api/v1/runs/" + queueId + "/events",
                "/api/v1/audit")) {
            assertThat(server.get(path).body()).doesNotContain(SECRET);
        }
        assertThat(created.body()).doesNotContain(SECRET);
        assertThat(server.everythingStored())
                .doesNotContain(SECRET)
                .contains("${secret:secretive.source.password}", "${secret:elsewhere}");
        assertThat(server.launcher.request(queueId + "-source-1").variables())
                .containsEntry("STREAMFORGE_SECRET_SECRETIVE_SOURCE_PASSWORD", SECRET)
                .containsEntry("STREAMFORGE_SECRET_SECRETIVE_SOURCE_HEADERS_AUTHORIZATION", "Bearer " + SECRET);
        assertThat(server.launcher.request(queueId + "-sink-1").variables().values())
                .noneMatch(value -> value.contains(SECRET));
        Path kept = directory.resolve("secrets").resolve("secretive.source.password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        server.delete("/api/v1/workflows/secretive");
        server.launcher.remove(queueId + "-source-1", Duration.ZERO);
        server.launcher.remove(queueId + "-sink-1", Duration.ZERO);
        await().untilAsserted(
                        () -> assertThat(kept).as("once its workers have ended").doesNotExist());
    }

    @Test
    void shouldRefuseASecretInsideAUrl() {
        Answer refused = server.post("/api/v1/workflows", """
            name: leaky
            source: {connector: numbers, options: {url: "numbers://me:%s@host/db"}}
            sinks: [{connector: numbers}]
            """.formatted(SECRET));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("problems").valueStream().map(one -> one.path("code")
                        .asString()))
                .contains("SECRET-IN-TEXT");
        assertThat(refused.body()).doesNotContain(SECRET);
    }

    @Test
    void shouldFollowARunToItsEndAndTellItsHistory() throws Exception {
        // given
        String queueId = server.post("/api/v1/workflows", yaml("followed"))
                .json()
                .path("queue_id")
                .asString();
        await().until(() -> server.launcher.starts().containsKey(queueId + "-sink-1"));

        // when
        server.report(Runs.event(queueId, "source", 1, 1, WorkerStatus.LOADING, 50, null));
        server.report(Runs.event(queueId, "sink", 1, 1, WorkerStatus.LOADING, 40, null));
        assertThat(server.get("/api/v1/runs/" + queueId).json().path("state").asString())
                .isEqualTo("running");
        JsonNode workers = server.get("/api/v1/metrics/workers").json().path("items");
        String metrics = server.get("/actuator/prometheus").body();
        server.report(Runs.event(queueId, "source", 1, 2, WorkerStatus.COMPLETED, 100, null));
        await().until(() -> !server.broker
                .commands(command -> command.key().equals(queueId + "/sink/drain"))
                .isEmpty());
        server.report(Runs.event(queueId, "sink", 1, 2, WorkerStatus.COMPLETED, 100, null));

        // then
        JsonNode run = server.get("/api/v1/runs/" + queueId).json();
        assertThat(run.path("state").asString()).isEqualTo("completed");
        assertThat(run.path("edges").path(0).toString())
                .isEqualTo(
                        "{\"from\":\"source\",\"to\":\"sink\",\"in\":100,\"out\":100,\"filtered\":0,\"rejected\":0,\"repeated\":0}");
        JsonNode events = server.get("/api/v1/runs/" + queueId + "/events").json();
        assertThat(events.isArray()).isTrue();
        assertThat(events.valueStream()
                        .filter(entry -> entry.path("kind").asString().equals("run"))
                        .map(entry -> entry.path("to").asString()))
                .containsExactly("scheduled", "starting", "running", "draining", "completed");
        assertThat(server.get("/api/v1/runs/" + queueId + "/events?after=3&limit=2")
                        .json())
                .hasSize(2);
        Answer stream = server.get("/api/v1/runs/" + queueId + "/events", "Accept", "text/event-stream");
        assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
        assertThat(stream.body()).contains("id:1\n", "\"to\":\"completed\"");
        assertThat(server.get("/api/v1/runs/" + queueId + "/logs", "Accept", "text/plain")
                        .body())
                .contains("==> " + queueId + "-source-1 <==", "says hello");
        assertThat(server.get("/api/v1/metrics/runs/" + queueId).json().path("edges"))
                .hasSize(1);
        assertThat(workers.valueStream()
                        .filter(worker -> worker.path("queue_id").asString().equals(queueId))
                        .map(worker -> worker.path("vertex").path("name").asString()))
                .containsExactly("source", "sink");
        assertThat(metrics.lines().filter(line -> line.contains(queueId)))
                .anyMatch(line -> line.startsWith("streamforge_run_records_read_total{") && line.contains("\"source\""))
                .anyMatch(line -> line.startsWith("streamforge_run_state_seconds{") && line.contains("\"running\""))
                .anyMatch(line -> line.startsWith("streamforge_run_progress_age_seconds{"));
        assertThat(server.get("/actuator/prometheus").body())
                .contains("streamforge_runs_ended_total{state=\"completed\"}")
                .doesNotContain(queueId);
    }

    @Test
    void shouldStopPauseAndResumeByWorkflow() {
        String queueId = server.post("/api/v1/workflows", yaml("commanded"))
                .json()
                .path("queue_id")
                .asString();

        assertThat(server.post("/api/v1/workflows/commanded/pause", "")
                        .json()
                        .path("desired")
                        .asString())
                .isEqualTo("paused");
        assertThat(server.post("/api/v1/workflows/commanded/resume", "")
                        .json()
                        .path("desired")
                        .asString())
                .isEqualTo("running");
        assertThat(server.post("/api/v1/runs/" + queueId + "/stop", "").status())
                .isEqualTo(200);
        assertThat(server.post("/api/v1/workflows/commanded/retry", "").status())
                .isEqualTo(409);
        assertThat(server.post("/api/v1/workflows/nobody/stop", "").status()).isEqualTo(404);
    }

    @Test
    void shouldValidateAndPlanWithoutStartingAnything() {
        int before = server.store
                .runs(new io.streamforge.queue.store.RunFilter(null, java.util.Set.of(), 0, 1000))
                .items()
                .size();

        JsonNode verdict =
                server.post("/api/v1/workflows/validate", yaml("dry")).json();
        JsonNode wrong = server.post("/api/v1/workflows/validate", "name: dry\nsorce: {}\n")
                .json();
        JsonNode unreachable = server.post(
                        "/api/v1/workflows/validate?connect=true",
                        yaml("dry").replace("count: 100", "url: 'numbers:nowhere'"))
                .json();
        JsonNode plan = server.post("/api/v1/workflows/plan", yaml("dry")).json();

        assertThat(verdict.path("valid").asBoolean()).isTrue();
        assertThat(wrong.path("valid").asBoolean()).isFalse();
        assertThat(unreachable.path("problems").path(0).path("level").asString())
                .isEqualTo("connection");
        assertThat(plan.path("vertices")).hasSize(2);
        assertThat(plan.path("estimated_rows").asLong()).isEqualTo(100);
        assertThat(server.get("/api/v1/workflows/dry").status()).isEqualTo(404);
        assertThat(server.store
                        .runs(new io.streamforge.queue.store.RunFilter(null, java.util.Set.of(), 0, 1000))
                        .items())
                .hasSize(before);
    }

    @Test
    void shouldDescribeConnectorsTemplatesAndItself() {
        assertThat(server.get("/api/v1/connectors")
                        .json()
                        .path("items")
                        .path(0)
                        .path("name")
                        .asString())
                .isEqualTo("numbers");
        JsonNode schema = server.get("/api/v1/connectors/numbers/config-schema").json();
        assertThat(schema.path("source")
                        .path("properties")
                        .path("password")
                        .path("writeOnly")
                        .asBoolean())
                .isTrue();
        assertThat(server.get("/api/v1/connectors/numbrs").json().path("detail").asString())
                .contains("did you mean 'numbers'?");
        assertThat(server.post("/api/v1/connectors/numbers/check", "{}")
                        .json()
                        .path("reachable")
                        .asBoolean())
                .isTrue();
        assertThat(server.post("/api/v1/connectors/numbers/check", "{\"url\":\"numbers:nowhere\"}")
                        .json()
                        .path("error")
                        .path("code")
                        .asString())
                .isEqualTo("NUMBERS-UNREACHABLE");
        assertThat(server.post("/api/v1/connectors/numbers/check?role=sink", "{}")
                        .json()
                        .path("error")
                        .path("code")
                        .asString())
                .isEqualTo("SINK-NEEDS-ROWS");
        assertThat(server.get("/api/v1/templates")
                        .json()
                        .path("items")
                        .path(0)
                        .path("name")
                        .asString())
                .isEqualTo("market-data");
        JsonNode paths = server.get("/v3/api-docs").json().path("paths");
        assertThat(paths.propertyNames())
                .contains(
                        "/api/v1/workflows",
                        "/api/v1/workflows/{name}",
                        "/api/v1/workflows/{name}/start",
                        "/api/v1/workflows/validate",
                        "/api/v1/workflows/plan",
                        "/api/v1/runs/{queueId}/events",
                        "/api/v1/runs/{queueId}/dead-letters",
                        "/api/v1/connectors/{type}/config-schema",
                        "/schemas/ids/{id}",
                        "/subjects/{subject}/versions/{version}");
    }

    @Test
    void shouldAnswerTheRegistrysReadCalls() {
        String queueId = server.post("/api/v1/workflows", yaml("registered"))
                .json()
                .path("queue_id")
                .asString();
        await().until(() -> server.launcher.starts().containsKey(queueId + "-sink-1"));

        assertThat(server.get("/subjects").body()).contains("\"registered-source-value\"");
        JsonNode latest =
                server.get("/subjects/registered-source-value/versions/latest").json();
        assertThat(latest.path("version").asInt()).isEqualTo(1);
        assertThat(server.get("/subjects/registered-source-value/versions").body())
                .isEqualTo("[1]");
        assertThat(server.get("/schemas/ids/" + latest.path("id").asInt())
                        .json()
                        .path("schema"))
                .isEqualTo(latest.path("schema"));
        assertThat(server.get("/schemas/ids/999").json().path("error_code").asInt())
                .isEqualTo(40403);
        assertThat(server.get("/subjects/nobody/versions")
                        .json()
                        .path("error_code")
                        .asInt())
                .isEqualTo(40401);
    }
}
