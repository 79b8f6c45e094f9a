package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testing.EmbeddedMySqlServer;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import io.streamforge.testing.SqlDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** The eight tables of TPC-H, copied to PostgreSQL at the same time, a workflow for each; {@code -Pchaos} takes scale factor 1. */
class TpchIT {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final double SMALL = 0.01;

    @TempDir
    Path directory;

    private final PostgresDatabase target = EmbeddedPostgresServer.shared().newDatabase();

    @Test
    void shouldCopyAllTablesOfPostgresql() throws Exception {
        copy(Source.ofPostgres(), SMALL, "in-process");
    }

    @Test
    void shouldCopyAllTablesOfMariadb() throws Exception {
        copy(Source.ofMariaDb(), SMALL, "in-process");
    }

    @Test
    @Tag("chaos")
    void shouldCopyAllTablesOfPostgresqlAtScaleFactorOne() throws Exception {
        copy(Source.ofPostgres(), 1, "process");
    }

    @Test
    @Tag("chaos")
    void shouldCopyAllTablesOfMariadbAtScaleFactorOne() throws Exception {
        copy(Source.ofMariaDb(), 1, "process");
    }

    /** Loads a file whose columns are divided by bars. */
    @FunctionalInterface
    private interface Loading {
        void load(String table, Path file) throws SQLException, IOException;
    }

    /** @param number makes a number of eight hexadecimal digits */
    private record Source(String connector, SqlDatabase database, String number, Loading loading) {

        static final String POSTGRES_NUMBER = "('x' || %s)::bit(32)::bigint";

        static Source ofPostgres() {
            PostgresDatabase database = EmbeddedPostgresServer.shared().newDatabase();
            return new Source("postgresql", database, POSTGRES_NUMBER, (table, file) -> {
                try (Connection connection = database.connect();
                        InputStream rows = Files.newInputStream(file)) {
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("COPY " + table + " FROM STDIN (DELIMITER '|')", rows, 1 << 16);
                }
                database.execute("ANALYZE " + table);
            });
        }

        static Source ofMariaDb() {
            SqlDatabase database = EmbeddedMySqlServer.shared().newDatabase();
            return new Source(
                    "mysql",
                    database,
                    "CAST(conv(%s, 16, 10) AS unsigned)",
                    (table, file) -> database.execute(
                            "LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE " + table + " FIELDS TERMINATED BY '|'",
                            "ANALYZE TABLE " + table));
        }

        void fill(TpchTables table, Path directory, double scale) throws SQLException, IOException {
            Path file = directory.resolve(table.table() + ".tbl");
            table.write(file, scale);
            table.create(database);
            loading.load(table.table(), file);
            Files.delete(file);
        }
    }

    private void copy(Source source, double scale, String launcher) throws Exception {
        // given
        for (TpchTables table : TpchTables.values()) {
            source.fill(table, directory, scale);
        }
        Map<String, String> secrets = Map.of(
                "STREAMFORGE_SECRET_SOURCE", source.database().password(),
                "STREAMFORGE_SECRET_TARGET", target.password());

        // when
        try (TestServer server = TestServer.start(directory.resolve("server"), secrets, "--launcher", launcher)) {
            Map<TpchTables, String> runs = new EnumMap<>(TpchTables.class);
            for (TpchTables table : TpchTables.values()) {
                runs.put(table, server.post(workflow(source, table)));
            }
            for (TpchTables table : TpchTables.values()) {
                RunView run = server.awaitEnd(runs.get(table), LIMIT);
                assertThat(run.state()).as(run.json().toString()).isEqualTo("completed");
            }
        }

        // then
        for (TpchTables table : TpchTables.values()) {
            assertThat(TpchTables.content(target, table, Source.POSTGRES_NUMBER))
                    .as(table.table())
                    .isEqualTo(TpchTables.content(source.database(), table, source.number()));
        }
    }

    private String workflow(Source source, TpchTables table) {
        return """
                name: tpch-%1$s
                source:
                  connector: %2$s
                  options: {url: "%3$s", username: %4$s, password: "${secret:source}", table: %1$s}
                sinks:
                  - connector: postgresql
                    options: {url: "%5$s", username: %6$s, password: "${secret:target}", table: %1$s}
                """.formatted(
                        table.table(),
                        source.connector(),
                        source.database().url(),
                        source.database().username(),
                        target.url(),
                        target.username());
    }
}
