package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.standalone.ChainProcesses.Victim;
import io.streamforge.testing.SqlDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that change while they are replicated and the workers are killed; the target is as the source is, columns and rows. */
class SchemaChangesIT {

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
        Replication replication = new Replication(from, source, to, target);
        source.execute(
                "CREATE TABLE orders (id BIGINT PRIMARY KEY, item INT, amount DECIMAL(12,2) NOT NULL)",
                "CREATE TABLE notes (id BIGINT PRIMARY KEY, text VARCHAR(20))",
                "INSERT INTO orders VALUES (1, 10, 1.5), (2, 20, 2.5)",
                "INSERT INTO notes VALUES (1, 'untouched')");
        try (ChainProcesses processes = new ChainProcesses(directory)) {
            processes.post(replication.workflow("changing", ", schema_changes: lenient") + "resources: {partitions: "
                    + partitions + "}\n");
            replication.awaitEqual("SELECT id, item, amount FROM orders ORDER BY id");

            // when
            source.execute("ALTER TABLE orders ADD COLUMN city VARCHAR(20) NOT NULL DEFAULT 'Graz'");
            processes.strike(Victim.LOADER);
            source.execute("INSERT INTO orders VALUES (3, 30, 3.5, 'Linz')", "DELETE FROM orders WHERE id = 2");
            processes.strike(Victim.SINK);
            replication.awaitEqual("SELECT id, item, amount, city FROM orders ORDER BY id");
            source.execute(widen, "INSERT INTO orders VALUES (4, 5000000000, 4.1234, 'Wien')");
            processes.strike(Victim.SINK);
            source.execute(
                    "ALTER TABLE orders ADD COLUMN note VARCHAR(20)", "UPDATE orders SET note = 'x' WHERE id = 1");
            processes.strike(Victim.QUEUE_MANAGER);
            source.execute("ALTER TABLE orders DROP COLUMN city", "INSERT INTO orders VALUES (5, 50, 5, 'y')");

            // then
            replication.awaitEqual("SELECT id, item, amount, note FROM orders ORDER BY id");
            replication.awaitEqual("SELECT id, text FROM notes ORDER BY id");
            assertThat(target.query("SELECT city FROM orders ORDER BY id").stream()
                            .map(row -> row.get(0))
                            .toList())
                    .as("a column that went keeps what it had")
                    .containsExactly("Graz", "Linz", "Wien", null);
        }
    }
}
