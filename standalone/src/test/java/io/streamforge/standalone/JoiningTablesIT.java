package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.standalone.ChainProcesses.Victim;
import io.streamforge.testing.SqlDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that appear while others are replicated and the workers are killed; the run that is under way brings them to the target. */
class JoiningTablesIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int ROWS = 3000;

    @TempDir
    Path directory;

    @Test
    void shouldTakeTablesFromMariaDbToPostgresThroughKills() throws Exception {
        try (HistoryServer source = HistoryServer.mariaDb();
                HistoryServer target = HistoryServer.postgres()) {
            join(source, target, 1, "INSERT INTO notes SELECT seq, 0 FROM seq_1_to_" + ROWS);
        }
    }

    @Test
    @Tag("chaos")
    void shouldTakeTablesFromPostgresToMariaDbInSeveralPartitionsThroughKills() throws Exception {
        try (HistoryServer source = HistoryServer.postgres();
                HistoryServer target = HistoryServer.mariaDb()) {
            join(source, target, 3, "INSERT INTO notes SELECT i, 0 FROM generate_series(1, " + ROWS + ") i");
        }
    }

    private void join(HistoryServer from, HistoryServer to, int partitions, String fill) throws Exception {
        SqlDatabase source = from.newDatabase();
        SqlDatabase target = to.newDatabase();
        source.execute("CREATE TABLE orders (id BIGINT PRIMARY KEY, n INT)", "INSERT INTO orders VALUES (1, 1)");
        try (ChainProcesses processes = new ChainProcesses(directory)) {
            String queueId = processes.post(workflow(from, source, to, target, partitions));
            awaitEqual(source, target, "orders");

            // when
            source.execute("CREATE TABLE notes (id BIGINT PRIMARY KEY, n INT)", fill);
            awaitRows(target, 1);
            processes.strike(Victim.LOADER);
            source.execute("UPDATE notes SET n = 1 WHERE id % 7 = 0", "INSERT INTO orders VALUES (2, 2)");
            processes.strike(Victim.SINK);
            source.execute("DELETE FROM notes WHERE id % 5 = 0", "CREATE TABLE empty (id BIGINT PRIMARY KEY, n INT)");
            processes.strike(Victim.QUEUE_MANAGER);
            source.execute("INSERT INTO notes VALUES (" + (ROWS + 1) + ", 2)");

            // then
            awaitEqual(source, target, "orders");
            awaitEqual(source, target, "notes");
            awaitEqual(source, target, "empty");
            assertThat(processes
                            .server()
                            .api()
                            .get("/api/v1/runs/" + queueId)
                            .path("state")
                            .asString())
                    .as("the run of the beginning")
                    .isEqualTo("running");
        }
    }

    /** The first chunk has come, so that what is killed now is killed in the middle. */
    private static void awaitRows(SqlDatabase target, int rows) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(() -> target.query("SELECT id FROM notes").size() >= rows);
    }

    private static void awaitEqual(SqlDatabase source, SqlDatabase target, String table) {
        String query = "SELECT id, n FROM " + table + " ORDER BY id";
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .untilAsserted(() -> assertThat(target.query(query).toString())
                        .isEqualTo(source.query(query).toString()));
    }

    private static String workflow(
            HistoryServer from, SqlDatabase source, HistoryServer to, SqlDatabase target, int partitions) {
        return """
                name: growing
                mode: streaming
                source:
                  connector: %s
                  options: {url: "%s", username: "%s", password: "%s", tables: ["%s.*"], chunk_rows: 500, snapshot_rate: 3000}
                sinks:
                  - connector: %s
                    options: {url: "%s", username: "%s", password: "%s", table: "{table}", mode: upsert}
                restart: {strategy: fixed-delay, delay: 1s, max_attempts: 60}
                resources: {partitions: %d}
                """.formatted(
                        from.connector(),
                        source.url(),
                        source.username(),
                        source.password(),
                        from.schema(source),
                        to.connector(),
                        target.url(),
                        target.username(),
                        target.password(),
                        partitions);
    }
}
