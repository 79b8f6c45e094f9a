package io.streamforge.benchmarks;

import io.streamforge.testing.EmbeddedMySqlServer;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.MySqlDatabase;
import io.streamforge.testing.PostgresDatabase;
import io.streamforge.testing.SqlDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * A table {@code rows} of an embedded server.
 *
 * @param reader command that writes the table's rows to its output as fast as the database's own program does
 * @param copyOptions of the COPY that takes what {@code reader} writes
 * @param truth PostgreSQL's type of what true and false are read as
 */
record SourceTable(String connector, SqlDatabase database, List<String> reader, String copyOptions, String truth) {

    private static final String COLUMNS =
            "(id bigint PRIMARY KEY, quantity int, name text, city text, note text, total numeric(12,2), day date, at %s, paid boolean)";

    private static final String TARGET_COLUMNS =
            "(id bigint %s, quantity int, name text, city text, note text, total numeric(12,2), day date, at timestamp(6), paid %s)";

    /** A table of so many {@link Rows} in {@code postgresql} or {@code mariadb}. */
    static SourceTable filled(String database, int rows) throws IOException, SQLException {
        Path file = Files.createTempFile("streamforge-rows", ".csv");
        try {
            Rows.write(file, rows);
            return of(database, file);
        } finally {
            Files.delete(file);
        }
    }

    /** The columns of a table of PostgreSQL that takes the rows. */
    String targetColumns(String constraintOfKey) {
        return TARGET_COLUMNS.formatted(constraintOfKey, truth);
    }

    private static SourceTable of(String name, Path csv) throws IOException, SQLException {
        return name.equals("postgresql") ? postgresql(csv) : mariadb(csv);
    }

    private static SourceTable postgresql(Path csv) throws IOException, SQLException {
        PostgresDatabase database = EmbeddedPostgresServer.shared().newDatabase();
        database.execute("CREATE TABLE rows " + COLUMNS.formatted("timestamp(6)"));
        try (Connection connection = database.connect();
                InputStream content = Files.newInputStream(csv)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY rows FROM STDIN (FORMAT csv, HEADER)", content, 1 << 16);
        }
        database.execute("VACUUM ANALYZE rows", "CHECKPOINT");
        return new SourceTable(
                "postgresql",
                database,
                psql(database, "COPY rows TO STDOUT (FORMAT binary)"),
                "(FORMAT binary)",
                "boolean");
    }

    private static SourceTable mariadb(Path csv) {
        EmbeddedMySqlServer server = EmbeddedMySqlServer.shared();
        MySqlDatabase database = server.newDatabase();
        database.execute(
                "CREATE TABLE `rows` " + COLUMNS.formatted("datetime(6)"),
                "LOAD DATA LOCAL INFILE '" + csv.toAbsolutePath() + "' INTO TABLE `rows` FIELDS TERMINATED BY ','"
                        + " IGNORE 1 LINES (id, quantity, name, city, note, total, day, at, @paid) SET paid = @paid = 'true'",
                "ANALYZE TABLE `rows`");
        List<String> reader = List.of(
                server.client().toString(),
                "--no-defaults",
                "--quick",
                "--batch",
                "--skip-column-names",
                "--protocol=tcp",
                "--host=127.0.0.1",
                "--port=" + database.port(),
                "--user=" + database.username(),
                "--password=" + database.password(),
                "--skip-ssl",
                database.name(),
                "--execute=SELECT * FROM `rows`");
        return new SourceTable("mysql", database, reader, "(NULL 'NULL')", "smallint");
    }

    /** A command that executes one statement. */
    static List<String> psql(PostgresDatabase database, String sql) {
        String place = "postgresql://%s@%s:%d/%s"
                .formatted(database.username(), database.host(), database.port(), database.name());
        return List.of("psql", "-X", "-q", "-d", place, "-c", sql);
    }
}
