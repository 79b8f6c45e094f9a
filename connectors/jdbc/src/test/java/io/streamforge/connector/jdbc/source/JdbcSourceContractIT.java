package io.streamforge.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.SourceConnector;
import io.streamforge.connector.jdbc.JdbcConnector;
import io.streamforge.testing.SourceContract;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A database that has no connector of its own. */
class JdbcSourceContractIT extends SourceContract {

    private static final int ROWS = 9_000;

    @TempDir
    Path directory;

    private H2Database database = new H2Database(Path.of(""));

    @BeforeEach
    void open() {
        database = new H2Database(directory);
    }

    @Override
    protected SourceConnector connector() {
        return new JdbcConnector();
    }

    @Override
    protected Content large() throws SQLException {
        database.execute(
                "CREATE TABLE IF NOT EXISTS large (id BIGINT PRIMARY KEY, name VARCHAR(200))",
                "MERGE INTO large SELECT x, lpad(x, 150, '0') FROM system_range(1, " + ROWS + ")");
        return new Content(options("large"), rows(ROWS, i -> row("ID", i, "NAME", "%0150d".formatted(i))));
    }

    @Override
    protected Content everyType() throws SQLException {
        database.execute(
                "CREATE TABLE every_type (code VARCHAR(9) PRIMARY KEY, tiny TINYINT, small SMALLINT, whole INT, big BIGINT,"
                        + " flag BOOLEAN, ratio REAL, exact DOUBLE, price NUMERIC(12,2), note CLOB, raw VARBINARY(9), id UUID,"
                        + " d DATE, t TIME(6), ts TIMESTAMP(9), tz TIMESTAMP(6) WITH TIME ZONE, doc JSON)",
                "INSERT INTO every_type VALUES ('a', -128, -32768, -2147483648, -9223372036854775808, TRUE, 0.1, 0.1, -1.50,"
                        + " 'Zürich 🙂', X'0001ff', 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6', '0001-01-01', '23:59:59.999999',"
                        + " '2024-01-01 12:30:00.123456789', '2024-01-01 12:30:00+02:00', JSON '{\"a\":1}')",
                "INSERT INTO every_type (code) VALUES ('b')");
        Map<String, @Nullable Object> nothing = row(
                "CODE", "b", "TINY", null, "SMALL", null, "WHOLE", null, "BIG", null, "FLAG", null, "RATIO", null,
                "EXACT", null, "PRICE", null, "NOTE", null, "RAW", null, "ID", null, "D", null, "T", null, "TS", null,
                "TZ", null, "DOC", null);
        Map<String, @Nullable Object> all = new LinkedHashMap<>(nothing);
        all.putAll(row(
                "CODE",
                "a",
                "TINY",
                -128,
                "SMALL",
                -32768,
                "WHOLE",
                Integer.MIN_VALUE,
                "BIG",
                Long.MIN_VALUE,
                "FLAG",
                true,
                "RATIO",
                0.1f,
                "EXACT",
                0.1,
                "PRICE",
                new BigDecimal("-1.50"),
                "NOTE",
                "Zürich 🙂",
                "RAW",
                new byte[] {0, 1, -1},
                "ID",
                UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
                "D",
                LocalDate.of(1, 1, 1),
                "T",
                LocalTime.parse("23:59:59.999999"),
                "TS",
                LocalDateTime.parse("2024-01-01T12:30:00.123456789"),
                "TZ",
                Instant.parse("2024-01-01T10:30:00Z"),
                "DOC",
                "{\"a\":1}"));
        return new Content(options("every_type"), List.of(all, nothing));
    }

    @Override
    protected Map<String, Map<String, Object>> wrong() throws SQLException {
        large();
        database.execute("CREATE TABLE IF NOT EXISTS odd (id INT PRIMARY KEY, span INTERVAL DAY TO SECOND)");
        return Map.of(
                "did you mean 'LARGE'?", options("larg"),
                "did you mean 'NAME'?", Map.of("url", database.url(), "table", "large", "columns", List.of("NAM")),
                "JDBC-COLUMN-TYPE", options("odd"),
                "JDBC-QUERY", Map.of("url", database.url(), "query", "SELEC 1"),
                "JDBC-NO-DRIVER", Map.of("url", "jdbc:nothing://db/x", "table", "large"),
                "one of table and query", Map.of("url", database.url()));
    }

    @Override
    protected void assertNothingHeld() {
        assertThat(database.others()).isZero();
    }

    private Map<String, Object> options(String table) {
        return Map.of("url", database.url(), "table", table);
    }
}
