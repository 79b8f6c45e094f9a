package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.standalone.ChainProcesses.Victim;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A run in full swing, its workers processes of their own: a million rows into a table without any unique key, so that a lost row and
 * a doubled row both show.
 */
final class FaultChain {

    static final int ROWS = 1_000_000;

    private static final int MEMORY = 100_000;

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration NEXT_ROW = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(50);

    private final PostgresDatabase database = EmbeddedPostgresServer.shared().newDatabase();
    private final ChainProcesses processes;
    private final String queueId;
    private final long posted;
    private Duration firstRow = NEXT_ROW;
    private RunView run;

    FaultChain(ChainProcesses processes, Path file, String name) {
        this(processes, source(file), "[]", name);
    }

    /** A chain with a stage in its middle, whose memory is longer than what it commits at once. */
    static FaultChain ofStage(ChainProcesses processes, Path file, String name) {
        return new FaultChain(
                processes,
                source(file),
                "[{filter: id > 0}, {rolling: {rows: %d}}, {filter: id > 0}]".formatted(MEMORY),
                name);
    }

    private static String source(Path file) {
        return """
                connector: file
                  options:
                    path: %s
                    columns: {id: INT64, name: STRING, note: STRING, total: "DECIMAL(12,2)", ordered_on: DATE}
                """.formatted(file);
    }

    private FaultChain(ChainProcesses processes, String source, String operators, String name) {
        this.processes = processes;
        posted = System.nanoTime();
        queueId = processes.post("""
                name: faults-%s
                source:
                  %s
                operators: %s
                sinks:
                  - connector: postgresql
                    options: {url: "%s", username: "%s", table: rows, mode: insert}
                """.formatted(name, source.strip(), operators, database.url(), database.username()));
    }

    /** A chain that reads as many rows from a table, in three ranges at the same time. */
    static FaultChain ofTable(ChainProcesses processes, String name) {
        PostgresDatabase shop = EmbeddedPostgresServer.shared().newDatabase();
        shop.execute(
                "CREATE TABLE shop_rows (id bigint PRIMARY KEY, name text, note text, total numeric(12,2))",
                "INSERT INTO shop_rows SELECT i, 'customer-' || i % 5003, repeat('abcdefghij', 9), i % 1000 + 0.25"
                        + " FROM generate_series(1, " + ROWS + ") AS i",
                "ANALYZE shop_rows");
        return new FaultChain(processes, """
                connector: postgresql
                  options: {url: "%s", username: "%s", table: shop_rows, splits: 3}
                """.formatted(shop.url(), shop.username()), "[]", name);
    }

    /** Writes the file that all chains read. */
    static Path writeFile(Path directory) throws IOException {
        Path file = directory.resolve("rows.csv");
        String text = "abcdefghijklmnopqrstuvwxyz".repeat(4);
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("id,name,note,total,ordered_on\n");
            for (int i = 1; i <= ROWS; i++) {
                writer.write(i + ",customer-" + i % 5003 + "," + text.substring(i % 20) + "," + i % 1000
                        + ".25,2026-01-" + (10 + i % 18) + "\n");
            }
        }
        return file;
    }

    void strike(Victim victim) throws IOException {
        processes.strike(victim);
    }

    void strike(Victim first, Victim second) throws IOException {
        processes.strike(first, second);
    }

    String queueId() {
        return queueId;
    }

    TestServer server() {
        return processes.server();
    }

    RunView run() {
        return run;
    }

    void startServer() throws IOException {
        processes.startServer();
    }

    void awaitMiddle() {
        Awaitility.await().atMost(LIMIT).pollInterval(POLL).until(() -> count() > 0);
        firstRow = Duration.ofNanos(System.nanoTime() - posted);
        Awaitility.await().atMost(LIMIT).pollInterval(POLL).until(() -> count() > ROWS / 20);
        assertThat(count()).as("rows when the fault strikes").isLessThan(ROWS);
    }

    /** Within five seconds, or on a slow machine no later than the run's first row came after its POST. */
    void awaitNextRow() {
        long before = count();
        Awaitility.await()
                .atMost(firstRow.compareTo(NEXT_ROW) > 0 ? firstRow : NEXT_ROW)
                .pollInterval(POLL)
                .until(() -> count() > before || count() == ROWS);
    }

    void requireExactRows() {
        requireAllRows();
        assertThat(run.edges()).containsExactly(new RunView.Edge("source", "sink", ROWS, ROWS, 0, 0));
    }

    /** Each row has the sum that follows from those before it, however often the stage was killed. */
    void requireExactSums() {
        requireAllRows();
        assertThat(run.edges())
                .containsExactly(
                        new RunView.Edge("source", "rolling", ROWS, ROWS, 0, 0),
                        new RunView.Edge("rolling", "sink", ROWS + 1, ROWS, 1, 0));
        assertThat(database.number("SELECT count(*) FROM (SELECT id, total, least(id, " + MEMORY
                        + ") AS n FROM rows) AS sums WHERE total <> n * id - n * (n - 1) / 2"))
                .as("rows with another sum")
                .isZero();
    }

    private void requireAllRows() {
        run = server().awaitEnd(queueId, LIMIT);
        assertThat(run.state()).as(run.json().toString()).isEqualTo("completed");
        assertThat(database.query("SELECT count(*), count(DISTINCT id), min(id), max(id) FROM rows"))
                .containsExactly(List.of((long) ROWS, (long) ROWS, 1L, (long) ROWS));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> TestServer.workers(queueId)
                .isEmpty());
    }

    /** How often each vertex was started. */
    List<Integer> attempts() {
        List<Integer> attempts = new ArrayList<>();
        run.json()
                .path("vertices")
                .forEach(vertex -> attempts.add(vertex.path("attempt").asInt()));
        return attempts;
    }

    private long count() {
        return database.query("SELECT to_regclass('rows')").get(0).get(0) == null
                ? 0
                : database.number("SELECT count(*) FROM rows");
    }
}
