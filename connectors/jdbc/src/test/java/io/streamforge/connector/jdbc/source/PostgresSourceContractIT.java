package io.streamforge.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.connector.SourceConnector;
import io.streamforge.connector.jdbc.PostgresConnector;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import io.streamforge.testing.SourceContract;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

class PostgresSourceContractIT extends SourceContract {

    private static final int ROWS = 12_000;

    private final PostgresDatabase database = EmbeddedPostgresServer.shared().newDatabase();

    @Override
    protected SourceConnector connector() {
        return new PostgresConnector();
    }

    @Override
    protected Content large() {
        database.execute("CREATE TABLE IF NOT EXISTS large (id bigint PRIMARY KEY, name text, amount numeric(12,2))");
        if (database.number("SELECT count(*) FROM large") == 0) {
            database.execute("INSERT INTO large SELECT i, repeat('x', 150) || i, i / 100.0 FROM generate_series(1, "
                    + ROWS + ") AS i ORDER BY random()");
        }
        return new Content(
                options("large"),
                rows(ROWS, i -> row("id", i, "name", "x".repeat(150) + i, "amount", BigDecimal.valueOf(i, 2))));
    }

    @Override
    protected Content everyType() {
        database.execute(
                "CREATE TYPE mood AS ENUM ('sad', 'happy')", "CREATE DOMAIN cents AS numeric(9,2)", """
                CREATE TABLE every_type (
                  id int PRIMARY KEY, small smallint, big bigint, flag boolean, price numeric(12,2), huge numeric(50,20),
                  free numeric, hundreds numeric(5,-2), tiny numeric(3,5), single real, dbl double precision, cash money,
                  label text, code varchar(10), padded char(5), feeling mood, amount cents, raw bytea, uid uuid,
                  doc json, docb jsonb, day date, clock time(3), moment timestamp(3), instant timestamptz, span interval,
                  address inet, network cidr, mac macaddr, mask bit(3), masks bit varying, place point, ages int4range,
                  numbers bigint[], words text[], prices numeric(9,2)[], moods mood[], markup xml, zoned timetz)""", """
                INSERT INTO every_type VALUES (1, -32768, 9223372036854775807, true, 1234567890.12,
                  999999999999999999999999999999.99999999999999999999, 0.000000001, 12345, 0.00012, 1.5, 'NaN', -12.34,
                  'Zürich 東京 🙂', 'a', 'ab', 'happy', -0.01, '\\x0001ff7f80', 'c0ffee00-dead-4bad-8bad-0123456789ab',
                  '{"a" : 1}', '{"b": [1, 2.50]}', '2024-02-29', '23:59:59.999', '1969-12-31 23:59:59.999',
                  '2024-08-01 02:00:00.000001+02', '1 year 2 mons 3 days 04:05:06.789', '10.0.0.1/8', '10.0.0.0/8',
                  '08:00:2b:01:02:03', '101', '1', '(1,2.5)', '[1,5)', '{1,-1,NULL}', '{"a,b","",NULL}', '{1.50}', '{sad}',
                  '<a>1</a>', '12:00:00+02')""", """
                INSERT INTO every_type (id, day, moment, instant, span, single, dbl, price, numbers, label) VALUES
                  (2, '0001-01-01', '9999-12-31 23:59:59.999', '0001-01-01 00:00:00+00', '-1 day', '-Infinity', 5e-324,
                   -0.01, '{}', '')""");
        Map<String, @Nullable Object> full = new LinkedHashMap<>();
        Map<String, @Nullable Object> sparse = new LinkedHashMap<>();
        Object[][] values = {
            {"id", 1, 2},
            {"small", -32768, null},
            {"big", Long.MAX_VALUE, null},
            {"flag", true, null},
            {"price", new BigDecimal("1234567890.12"), new BigDecimal("-0.01")},
            {"huge", new BigDecimal("999999999999999999999999999999.99999999999999999999"), null},
            {"free", new BigDecimal("0.000000001"), null},
            {"hundreds", new BigDecimal("12300"), null},
            {"tiny", new BigDecimal("0.00012"), null},
            {"single", 1.5f, Float.NEGATIVE_INFINITY},
            {"dbl", Double.NaN, Double.MIN_VALUE},
            {"cash", new BigDecimal("-12.34"), null},
            {"label", "Zürich 東京 🙂", ""},
            {"code", "a", null},
            {"padded", "ab   ", null},
            {"feeling", "happy", null},
            {"amount", new BigDecimal("-0.01"), null},
            {"raw", new byte[] {0, 1, -1, 127, -128}, null},
            {"uid", UUID.fromString("c0ffee00-dead-4bad-8bad-0123456789ab"), null},
            {"doc", "{\"a\" : 1}", null},
            {"docb", "{\"b\": [1, 2.50]}", null},
            {"day", LocalDate.of(2024, 2, 29), LocalDate.of(1, 1, 1)},
            {"clock", LocalTime.of(23, 59, 59, 999_000_000), null},
            {
                "moment",
                LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_000_000),
                LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_000_000)
            },
            {"instant", Instant.parse("2024-08-01T00:00:00.000001Z"), Instant.parse("0001-01-01T00:00:00Z")},
            {"span", "P1Y2M3DT4H5M6.789S", "P-1D"},
            {"address", "10.0.0.1/8", null},
            {"network", "10.0.0.0/8", null},
            {"mac", "08:00:2b:01:02:03", null},
            {"mask", "101", null},
            {"masks", "1", null},
            {"place", "(1,2.5)", null},
            {"ages", "[1,5)", null},
            {"numbers", Arrays.asList(1L, -1L, null), List.of()},
            {"words", Arrays.asList("a,b", "", null), null},
            {"prices", List.of(new BigDecimal("1.50")), null},
            {"moods", "{sad}", null},
            {"markup", "<a>1</a>", null},
            {"zoned", "12:00:00+02", null},
        };
        for (Object[] value : values) {
            full.put((String) value[0], value[1]);
            sparse.put((String) value[0], value[2]);
        }
        return new Content(options("every_type"), List.of(full, sparse));
    }

    @Override
    protected Map<String, Map<String, Object>> wrong() {
        large();
        Map<String, Object> password = new LinkedHashMap<>(options("large"));
        password.put("url", "jdbc:postgresql://localhost:1/db");
        return Map.of(
                "did you mean 'large'?", options("larg"),
                "did you mean 'name'?", with("columns", List.of("id", "nam")),
                "did you mean 'amount'?", with("split_key", List.of("amont")),
                "table and query", with("query", "SELECT 1"),
                "syntax error", with("where", "id >> "),
                "UNKNOWN-OPTION", with("tabel", "x"),
                "column \"amoun\" does not exist", with("where", "amoun > 1"),
                "JDBC-CONNECTION-REFUSED", password);
    }

    private Map<String, Object> with(String option, Object value) {
        Map<String, Object> options = new LinkedHashMap<>(options("large"));
        options.put(option, value);
        return options;
    }

    @Override
    protected void assertNothingHeld() {
        await().untilAsserted(() -> assertThat(database.query(
                        "SELECT application_name FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND application_name LIKE 'streamforge/rows-%'"))
                .isEmpty());
    }

    private Map<String, Object> options(String table) {
        return Map.of("url", database.url(), "username", "postgres", "password", "postgres", "table", table);
    }
}
