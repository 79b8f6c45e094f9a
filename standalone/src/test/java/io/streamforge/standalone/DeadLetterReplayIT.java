package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterReplayIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private final PostgresDatabase database = EmbeddedPostgresServer.shared().newDatabase();

    @Test
    void shouldWriteRejectedRowsOnceWhenTheTargetTakesThem() throws Exception {
        // given
        database.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(12,2))",
                "INSERT INTO orders SELECT i, i FROM generate_series(1, 1000) AS i",
                "CREATE TABLE checked (id bigint PRIMARY KEY, total numeric(12,2) CONSTRAINT small CHECK (total <= 900))",
                "CREATE TABLE notes (word text)");
        try (TestServer server = TestServer.start(
                directory, Map.of("STREAMFORGE_SECRET_DATABASE", database.password()), "--launcher", "in-process")) {
            RunView first = server.awaitEnd(server.post(workflow()), LIMIT);
            assertThat(first.edges()).containsExactly(new RunView.Edge("source", "sink", 1000, 900, 0, 100));
            database.execute("ALTER TABLE checked DROP CONSTRAINT small");

            // when
            RunView replay = server.awaitEnd(replay(server, first.queueId()), LIMIT);

            // then
            assertThat(replay.state()).as(replay.json().toString()).isEqualTo("completed");
            assertThat(replay.edges()).containsExactly(new RunView.Edge("replay-1", "sink", 100, 100, 0, 0));
            assertThat(database.query("SELECT count(*), sum(total) FROM checked"))
                    .isEqualTo(database.query("SELECT count(*), sum(total) FROM orders"));
            assertThat(database.query("SELECT word FROM notes")).containsExactly(List.of("before"));
            assertThatThrownBy(() -> replay(server, first.queueId())).hasMessageContaining(replay.queueId());
            assertThatThrownBy(() -> replay(server, replay.queueId())).hasMessageContaining("no rows");
        }
    }

    private static String replay(TestServer server, String queueId) {
        return new RunView(server.api().post("/api/v1/runs/" + queueId + "/dead-letters/replay")).queueId();
    }

    private String workflow() {
        return """
                name: rejecting
                source:
                  connector: postgresql
                  options: {url: "%1$s", username: %2$s, password: "${secret:database}", table: orders}
                sinks:
                  - connector: postgresql
                    options:
                      url: "%1$s"
                      username: %2$s
                      password: "${secret:database}"
                      table: checked
                      pre_sql: ["INSERT INTO notes VALUES ('before')"]
                errors: {max_ratio: 1}
                """.formatted(database.url(), database.username());
    }
}
