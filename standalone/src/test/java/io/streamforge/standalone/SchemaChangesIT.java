package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.standalone.ChainProcesses.Victim;
import io.streamforge.testing.SqlDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that change while they are replicated and the workers are killed; the target is as the source is, columns and rows. */
class SchemaChangesIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    @Tag("chaos")
    void shouldFollowFromMariaDbToPostgresThroughKills() throws Exception {
        try (HistoryServer source = HistoryServer.mariaDb();
                HistoryServer target = HistoryServer.postgres()) {
            follow(source, target, 1, "ALTER TABLE orders MODIFY amount DECIMAL(14,4) NOT NULL, MODIFY item BIGINT");
        }
    }

    @Test
    void shouldFollowFromPostgresToMariaDbInSeveralPartitionsThroughKills() throws Exception {
        try (HistoryServer source = HistoryServer.postgres();
                HistoryServer target = HistoryServer.mariaDb()) {
            follow(
                    source,
                    target,
                    3,
                    "ALTER TABLE orders ALTER COLUMN amount TYPE DECIMAL(14,4), ALTER COLUMN item TYPE BIGINT");
        }
    }

    private void follow(HistoryServer from, HistoryServer to, int partitions, String widen) throws Exception {
        SqlDatabase source = from.newDatabase();
        SqlDatabase target = to.newDatabase();
        source.execute(
                "CREATE TABLE orders (id BIGINT PRIMARY KEY, item INT, amount DECIMAL(12,2) NOT NULL)",
                "CREATE TABLE notes (id BIGINT PRIMARY KEY, text VARCHAR(20))",
                "INSERT INTO orders VALUES (1, 10, 1.5), (2, 20, 2.5)",
                "INSERT INTO notes VALUES (1, 'untouched')");
        try (ChainProcesses processes = new ChainProcesses(directory)) {
            processes.post(workflow(from, source, to, target) + "resources: {partitions: " + partitions + "}\n");
            awaitEqual(source, target, "SELECT id, item, amount FROM orders ORDER BY id");

            // when
            source.execute("ALTER TABLE orders ADD COLUMN city VARCHAR(20) NOT NULL DEFAULT 'Graz'");
            processes.strike(Victim.LOADER);
            source.execute("INSERT INTO orders VALUES (3, 30, 3.5, 'Linz')", "DELETE FROM orders WHERE id = 2");
            processes.strike(Victim.SINK);
            awaitEqual(source, target, "SELECT id, item, amount, city FROM orders ORDER BY id");
            source.execute(widen, "INSERT INTO orders VALUES (4, 5000000000, 4.1234, 'Wien')");
            processes.strike(Victim.SINK);
            source.execute(
                    "ALTER TABLE orders ADD COLUMN note VARCHAR(20)", "UPDATE orders SET note = 'x' WHERE id = 1");
            processes.strike(Victim.QUEUE_MANAGER);
            source.execute("ALTER TABLE orders DROP COLUMN city", "INSERT INTO orders VALUES (5, 50, 5, 'y')");

            // then
            awaitEqual(source, target, "SELECT id, item, amount, note FROM orders ORDER BY id");
            awaitEqual(source, target, "SELECT id, text FROM notes ORDER BY id");
            assertThat(target.query("SELECT city FROM orders ORDER BY id").stream()
                            .map(row -> row.get(0))
                            .toList())
                    .as("a column that went keeps what it had")
                    .containsExactly("Graz", "Linz", "Wien", null);
        }
    }

    private static void awaitEqual(SqlDatabase source, SqlDatabase target, String query) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .untilAsserted(() -> assertThat(texts(target.query(query))).isEqualTo(texts(source.query(query))));
    }

    private static List<String> texts(List<List<@Nullable Object>> rows) {
        return rows.stream().map(String::valueOf).toList();
    }

    private static String workflow(HistoryServer from, SqlDatabase source, HistoryServer to, SqlDatabase target) {
        return """
                name: changing
                mode: streaming
                source:
                  connector: %s
                  options: {url: "%s", username: "%s", password: "%s", tables: ["%s.*"], schema_changes: lenient}
                sinks:
                  - connector: %s
                    options: {url: "%s", username: "%s", password: "%s", table: "{table}", mode: upsert}
                restart: {strategy: fixed-delay, delay: 1s, max_attempts: 60}
                """.formatted(
                        from.connector(),
                        source.url(),
                        source.username(),
                        source.password(),
                        from.schema(source),
                        to.connector(),
                        target.url(),
                        target.username(),
                        target.password());
    }
}
