package io.streamforge.standalone;

import io.streamforge.standalone.ChainProcesses.Victim;
import io.streamforge.testing.MySqlDatabase;
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
            join(source, target, 1, "INSERT INTO notes SELECT seq, 0 FROM " + MySqlDatabase.sequence(ROWS));
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
        Replication replication = new Replication(from, source, to, target);
        source.execute("CREATE TABLE orders (id BIGINT PRIMARY KEY, n INT)", "INSERT INTO orders VALUES (1, 1)");
        try (ChainProcesses processes = new ChainProcesses(directory)) {
            String queueId = processes.post(replication.workflow("growing", ", chunk_rows: 500, snapshot_rate: 3000")
                    + "resources: {partitions: " + partitions + "}\n");
            replication.awaitEqual("SELECT id, n FROM orders ORDER BY id");

            // when
            source.execute("CREATE TABLE notes (id BIGINT PRIMARY KEY, n INT)", fill);
            awaitRows(target, 1);
            processes.strike(Victim.LOADER);
            source.execute("UPDATE notes SET n = 1 WHERE id % 7 = 0", "INSERT INTO orders VALUES (2, 2)");
            processes.strike(Victim.SINK);
            source.execute("DELETE FROM notes WHERE id % 5 = 0", "CREATE TABLE vacant (id BIGINT PRIMARY KEY, n INT)");
            processes.strike(Victim.QUEUE_MANAGER);
            source.execute("INSERT INTO notes VALUES (" + (ROWS + 1) + ", 2)");

            // then
            replication.awaitEqual("SELECT id, n FROM orders ORDER BY id");
            replication.awaitEqual("SELECT id, n FROM notes ORDER BY id");
            replication.awaitEqual("SELECT id, n FROM vacant ORDER BY id");
            Awaitility.await("the run of the beginning goes on").atMost(LIMIT).until(() -> state(processes, queueId)
                    .equals("running"));
        }
    }

    private static String state(ChainProcesses processes, String queueId) {
        return processes
                .server()
                .api()
                .get("/api/v1/runs/" + queueId)
                .path("state")
                .asString();
    }

    /** The first chunk has come, so that what is killed now is killed in the middle. */
    private static void awaitRows(SqlDatabase target, int rows) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(() -> target.query("SELECT id FROM notes").size() >= rows);
    }
}
