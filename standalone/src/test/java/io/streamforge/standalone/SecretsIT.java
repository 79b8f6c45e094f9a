package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password that a user writes into a workflow is in one place afterwards: the secret store. */
class SecretsIT {

    private static final String PASSWORD = "Xy7-zebra-quartz-9Q";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    static Path directory;

    private static Path data;
    private static TestServer server;
    private static Curl curl;
    private static PostgresDatabase database;

    @BeforeAll
    static void start() throws Exception {
        data = directory.resolve("data");
        database = EmbeddedPostgresServer.shared().newDatabase();
        Files.writeString(directory.resolve("rows.csv"), "id,name\n1,one\n2,two\nthree,three\n");
        server = TestServer.start(data, Map.of());
        curl = new Curl(server);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static String workflow(String name, String url, String restart) {
        return """
                name: %s
                source:
                  connector: file
                  options: {path: %s, columns: {id: INT64, name: STRING}}
                sinks:
                  - connector: postgresql
                    options: {url: "%s", username: "%s", password: "%s", table: rows, mode: insert}
                restart: {strategy: %s}
                """.formatted(name, directory.resolve("rows.csv"), url, database.username(), PASSWORD, restart);
    }

    @Test
    void shouldNeverShowOrKeepAPasswordOutsideTheSecretStore() throws Exception {
        // when a run completes, one fails to connect, one workflow is refused, one is changed
        String completed = post(workflow("kept", database.url(), "none"));
        String failed = post(workflow("failing", database.url().replace("/test_", "/nowhere_"), "none"));
        String refused = curl.post(
                        "/api/v1/workflows",
                        Curl.YAML,
                        workflow("refused", database.url(), "none").replace("mode: insert", "mode: insret"))
                .body();
        String changed = curl.put("/api/v1/workflows/kept", Curl.YAML, workflow("kept", database.url(), "none"))
                .body();
        String validated = curl.post(
                        "/api/v1/workflows/validate?connect=true",
                        Curl.YAML,
                        workflow("dry", database.url().replace("/test_", "/nowhere_"), "none"))
                .body();
        String planned = curl.post("/api/v1/workflows/plan", Curl.YAML, workflow("dry", database.url(), "none"))
                .body();
        assertThat(server.awaitEnd(completed, LIMIT).state()).isEqualTo("completed");
        assertThat(server.awaitEnd(failed, LIMIT).state()).isEqualTo("failed");
        assertThat(database.number("SELECT count(*) FROM rows")).isEqualTo(2);

        // then no answer shows it
        assertThat(List.of(refused, changed, validated, planned))
                .allSatisfy(answer -> assertThat(answer).isNotEmpty().doesNotContain(PASSWORD));
        requireSilentAnswers(completed, "kept");
        requireSilentAnswers(failed, "failing");
        assertThat(server.process().output()).doesNotContain(PASSWORD);

        // and of all files only those of the secret store hold it: not the store, the broker's logs or any log
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(filesWith(PASSWORD))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file.getParent()).isEqualTo(data.resolve("secrets"))));
        for (Path file : filesWith(PASSWORD)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(filesWith("${secret:kept.sink.password}"))
                .as("files with the reference, which shows that the search sees what is stored and sent")
                .anyMatch(file -> file.startsWith(data.resolve("broker")))
                .anyMatch(file -> file.getParent().equals(data));
    }

    private static String post(String workflow) {
        Curl.Answer created = curl.post("/api/v1/workflows", Curl.YAML, workflow);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.body()).doesNotContain(PASSWORD);
        return created.json().path("queue_id").asString();
    }

    private static void requireSilentAnswers(String queueId, String workflow) {
        for (String path : List.of(
                "/api/v1/workflows",
                "/api/v1/workflows/" + workflow,
                "/api/v1/workflows/" + workflow + "/runs",
                "/api/v1/runs",
                "/api/v1/runs/" + queueId,
                "/api/v1/runs/" + queueId + "/events",
                "/api/v1/runs/" + queueId + "/logs",
                "/api/v1/runs/" + queueId + "/dead-letters",
                "/api/v1/metrics/runs/" + queueId,
                "/api/v1/audit",
                "/actuator/prometheus")) {
            Curl.Answer answer = curl.get(path);
            assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
            assertThat(answer.body()).as(path).doesNotContain(PASSWORD);
        }
    }

    private static List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, text))
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            // Files come and go while the server runs.
            return false;
        }
    }
}
