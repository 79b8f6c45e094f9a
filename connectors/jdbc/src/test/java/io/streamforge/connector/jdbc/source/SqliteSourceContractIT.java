package io.streamforge.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.SourceConnector;
import io.streamforge.connector.jdbc.SqliteConnector;
import io.streamforge.testing.SourceContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class SqliteSourceContractIT extends SourceContract {

    private static final int ROWS = 9_000;

    @TempDir
    Path directory;

    @Override
    protected SourceConnector connector() {
        return new SqliteConnector();
    }

    @Override
    protected Content large() throws SQLException {
        execute(
                "CREATE TABLE IF NOT EXISTS large (id INTEGER PRIMARY KEY, name TEXT)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + ROWS
                        + ") INSERT OR IGNORE INTO large SELECT i, printf('%0150d', i) FROM n");
        return new Content(options("large"), rows(ROWS, i -> row("id", i, "name", "%0150d".formatted(i))));
    }

    @Override
    protected Content everyType() throws SQLException {
        execute(
                "CREATE TABLE every_type (code TEXT PRIMARY KEY NOT NULL, whole BIGINT, flag BOOLEAN, ratio DOUBLE, label VARCHAR(9),"
                        + " raw BLOB, price DECIMAL(12,2), plain)",
                "INSERT INTO every_type VALUES ('a', 9223372036854775807, 1, 0.1, 'Zürich 🙂', x'0001ff', '1.50', 'x'),"
                        + " ('b', NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
                        + " ('c', -1, 0, 2, '', x'', 1e300, 5)");
        return new Content(
                options("every_type"),
                List.of(
                        row(
                                "code",
                                "a",
                                "whole",
                                Long.MAX_VALUE,
                                "flag",
                                true,
                                "ratio",
                                0.1,
                                "label",
                                "Zürich 🙂",
                                "raw",
                                new byte[] {0, 1, -1},
                                "price",
                                "1.5",
                                "plain",
                                "x"),
                        row(
                                "code", "b", "whole", null, "flag", null, "ratio", null, "label", null, "raw", null,
                                "price", null, "plain", null),
                        row(
                                "code",
                                "c",
                                "whole",
                                -1L,
                                "flag",
                                false,
                                "ratio",
                                2.0,
                                "label",
                                "",
                                "raw",
                                new byte[0],
                                "price",
                                "1.0E300",
                                "plain",
                                "5")));
    }

    @Override
    protected Map<String, Map<String, Object>> wrong() throws SQLException {
        large();
        return Map.of(
                "did you mean 'large'?", options("larg"),
                "did you mean 'name'?", Map.of("url", url(), "table", "large", "columns", List.of("nam")),
                "JDBC-CANNOT-OPEN", Map.of("url", url() + ".missing", "table", "large"),
                "not the URL", Map.of("url", "jdbc:sqlite::memory:", "table", "large"),
                "one of table and query", Map.of("url", url()));
    }

    @Override
    protected void assertNothingHeld() {
        assertThat(Files.exists(Path.of(directory.resolve("test.db") + "-journal")))
                .isFalse();
    }

    private String url() {
        return "jdbc:sqlite:" + directory.resolve("test.db");
    }

    private Map<String, Object> options(String table) {
        return Map.of("url", url(), "table", table);
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
