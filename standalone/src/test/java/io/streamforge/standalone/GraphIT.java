package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph whose builder is killed while it is made is the graph that is made in peace. */
class GraphIT {

    private static final int SYMBOLS = 12;
    private static final int MINUTES = 40_000;
    private static final int KILLS = 2;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    static Path directory;

    private static Path prices;

    @BeforeAll
    static void writePrices() throws IOException {
        prices = directory.resolve("prices.csv");
        Random random = new Random(42);
        double[] levels = new double[SYMBOLS];
        Instant start = Instant.parse("2024-08-01T00:00:00Z");
        try (BufferedWriter out = Files.newBufferedWriter(prices)) {
            out.write("symbol,at,price,volume\n");
            for (int minute = 0; minute < MINUTES; minute++) {
                double common = random.nextGaussian();
                for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                    levels[symbol] += (random.nextGaussian() + (symbol % 3 == 0 ? common : 0)) / 1000;
                    out.write("S%02d,%s,%.4f,%d%n"
                            .formatted(
                                    symbol,
                                    start.plusSeconds(60L * minute),
                                    100 * Math.exp(levels[symbol]),
                                    1 + random.nextInt(100)));
                }
            }
        }
    }

    @Test
    void shouldBeTheSameGraphAfterItsBuilderWasKilled() throws Exception {
        Path calm = directory.resolve("calm.db");
        Path killed = directory.resolve("killed.db");
        try (ChainProcesses processes = new ChainProcesses(directory.resolve("chain"))) {
            // given
            String undisturbed = processes.post(workflow("calm", calm));
            requireCompleted(processes, undisturbed);

            // when
            String queueId = processes.post(workflow("killed", killed));
            for (int kill = 0; kill < KILLS; kill++) {
                Awaitility.await().atMost(LIMIT).until(() -> !TestServer.workers(queueId, "graph")
                        .isEmpty());
                long before = tradesIn(killed);
                Awaitility.await().atMost(LIMIT).until(() -> tradesIn(killed) > before);
                for (ProcessHandle builder : TestServer.workers(queueId, "graph")) {
                    builder.destroyForcibly();
                    builder.onExit().join();
                }
            }
            requireCompleted(processes, queueId);

            // then
            assertThat(processes
                            .server()
                            .run(queueId)
                            .json()
                            .path("vertices")
                            .valueStream()
                            .filter(vertex -> vertex.path("name").asString().equals("graph"))
                            .map(vertex -> vertex.path("attempt").asInt()))
                    .containsExactly(KILLS + 1);
        }
        assertThat(tradesIn(killed)).isEqualTo((long) SYMBOLS * MINUTES);
        assertThat(content(killed, "edges")).isEqualTo(content(calm, "edges")).hasSizeGreaterThan(SYMBOLS);
        assertThat(content(killed, "vertices"))
                .isEqualTo(content(calm, "vertices"))
                .hasSize(SYMBOLS + 1);
    }

    private static String workflow(String name, Path database) {
        return """
               name: graph-%s
               source:
                 connector: file
                 options:
                   path: %s
                   columns: {symbol: STRING, at: TIMESTAMP_TZ, price: FLOAT64, volume: FLOAT64}
               operators:
                 - graph:
                     vertices:
                       symbol:
                         key: symbol
                         properties:
                           price: price
                           highest: {value: price, merge: max}
                           trades: {merge: count}
                           volume: {value: volume, merge: sum}
                       market: {key: "'all'"}
                     edges:
                       - {label: listed_on, from: symbol, to: market}
                     relations:
                       - {label: correlates, type: correlation, between: symbol, value: price, time: at, step: 1m,
                          window: 2h, every: 1h, threshold: 0.2, top_k: 2}
                     flush_rows: 1000
               sinks:
                 - connector: sqlite
                   options: {url: "jdbc:sqlite:%s", table: "{table}", mode: upsert}
               restart: {strategy: fixed-delay, delay: 100ms, max_attempts: 20}
               """.formatted(name, prices, database);
    }

    private static void requireCompleted(ChainProcesses processes, String queueId) {
        RunView run = processes.server().awaitEnd(queueId, LIMIT);
        assertThat(run.state()).as(run.json().toString()).isEqualTo("completed");
    }

    /** Trades that the graph has counted; 0 while there is none. */
    private static long tradesIn(Path database) {
        if (!Files.exists(database)) {
            return 0;
        }
        try {
            List<String> sum = query(database, "SELECT coalesce(sum(properties ->> 'trades'), 0) FROM vertices");
            return Long.parseLong(sum.get(0));
        } catch (SQLException e) {
            return 0;
        }
    }

    private static List<String> content(Path database, String table) throws SQLException {
        return query(database, "SELECT * FROM " + table + " ORDER BY id");
    }

    private static List<String> query(Path database, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder(result.getString(1));
                for (int column = 2; column <= columns; column++) {
                    row.append('|').append(result.getString(column));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }
}
