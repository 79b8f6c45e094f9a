package io.streamforge.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.connector.SourceConnector;
import io.streamforge.connector.jdbc.MySqlConnector;
import io.streamforge.testing.EmbeddedMySqlServer;
import io.streamforge.testing.MySqlDatabase;
import io.streamforge.testing.SourceContract;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

class MySqlSourceContractIT extends SourceContract {

    private static final int ROWS = 9_000;

    private final MySqlDatabase database = EmbeddedMySqlServer.shared().newDatabase();

    @Override
    protected SourceConnector connector() {
        return new MySqlConnector();
    }

    @Override
    protected Content large() {
        database.execute(
                "CREATE TABLE IF NOT EXISTS large (id bigint PRIMARY KEY, name text)",
                "INSERT IGNORE INTO large SELECT seq, lpad(seq, 150, 'x') FROM " + MySqlDatabase.sequence(ROWS));
        return new Content(
                options("large"),
                rows(ROWS, i -> row("id", i, "name", "%150d".formatted(i).replace(' ', 'x'))));
    }

    @Override
    protected Content everyType() {
        database.execute(
                """
                CREATE TABLE every_type (
                  id int PRIMARY KEY, tiny tinyint, flag tinyint(1), utiny tinyint unsigned, small smallint, medium mediumint unsigned,
                  uint int unsigned, big bigint, ubig bigint unsigned, price decimal(12,2), huge decimal(65,30), single float,
                  dbl double, b1 bit(1), b8 bit(8), b64 bit(64), y year, day date, clock time(3), moment datetime(6), at timestamp(3) NULL,
                  label varchar(20), latin text character set latin1, fixed char(5), raw blob, bin binary(4), mood enum('sad','happy'),
                  flags set('a','b','c'), uid %s, address %s, doc json)""".formatted(
                                EmbeddedMySqlServer.mariaDb() ? "uuid" : "char(36)",
                                EmbeddedMySqlServer.mariaDb() ? "inet6" : "varchar(39)"),
                """
                INSERT INTO every_type VALUES (1, -128, 2, 255, -32768, 16777215, 4294967295, -9223372036854775808, 18446744073709551615,
                  -1234567890.12, 12345678901234567890123456789012345.000000000000000000000000000001, 0.1, 0.1, b'1', b'10000001',
                  18446744073709551615, 2155, '2024-02-29', '23:59:59.999', '9999-12-31 23:59:59.999999',
                  '2024-02-29 12:00:00.5', 'Zürich 🙂', 'Zürich', 'ab', x'0001ff', x'01', 'happy', 'a,c',
                  'c0ffee00-dead-4bad-8bad-0123456789ab', '::1', '{"a": 1}')""",
                "INSERT INTO every_type (id) VALUES (2)");
        Map<String, @Nullable Object> full = new LinkedHashMap<>();
        full.put("id", 1);
        full.put("tiny", -128);
        full.put("flag", 2);
        full.put("utiny", 255);
        full.put("small", -32768);
        full.put("medium", 16777215);
        full.put("uint", 4294967295L);
        full.put("big", Long.MIN_VALUE);
        full.put("ubig", new BigInteger("18446744073709551615"));
        full.put("price", new BigDecimal("-1234567890.12"));
        full.put("huge", new BigDecimal("12345678901234567890123456789012345.000000000000000000000000000001"));
        full.put("single", 0.1f);
        full.put("dbl", 0.1);
        full.put("b1", true);
        full.put("b8", 129L);
        full.put("b64", new BigInteger("18446744073709551615"));
        full.put("y", 2155);
        full.put("day", LocalDate.of(2024, 2, 29));
        full.put("clock", LocalTime.of(23, 59, 59, 999_000_000));
        full.put("moment", LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000));
        full.put("at", Instant.parse("2024-02-29T12:00:00.500Z"));
        full.put("label", "Zürich 🙂");
        full.put("latin", "Zürich");
        full.put("fixed", "ab");
        full.put("raw", new byte[] {0, 1, -1});
        full.put("bin", new byte[] {1, 0, 0, 0});
        full.put("mood", "happy");
        full.put("flags", "a,c");
        String uuid = "c0ffee00-dead-4bad-8bad-0123456789ab";
        full.put("uid", EmbeddedMySqlServer.mariaDb() ? UUID.fromString(uuid) : uuid);
        full.put("address", "::1");
        full.put("doc", "{\"a\": 1}");
        Map<String, @Nullable Object> empty = new LinkedHashMap<>(full);
        empty.replaceAll((name, value) -> name.equals("id") ? 2 : null);
        return new Content(options("every_type"), List.of(full, empty));
    }

    @Override
    protected Map<String, Map<String, Object>> wrong() {
        large();
        database.execute("CREATE TABLE IF NOT EXISTS places (id int PRIMARY KEY, place geometry)");
        return Map.of(
                "did you mean 'large'?", options("larg"),
                "did you mean 'name'?", with("columns", List.of("nam")),
                "place", options("places"),
                "JDBC-QUERY", with("where", "nam > 1"),
                "one of table and query", with("query", "SELECT 1"));
    }

    @Override
    protected void assertNothingHeld() {
        await().untilAsserted(
                        () -> assertThat(database.query("SELECT id FROM information_schema.processlist WHERE db = '"
                                        + database.name() + "' AND id <> connection_id()"))
                                .isEmpty());
    }

    private Map<String, Object> with(String option, Object value) {
        Map<String, Object> options = new LinkedHashMap<>(options("large"));
        options.put(option, value);
        return options;
    }

    private Map<String, Object> options(String table) {
        return Map.of(
                "url",
                database.url(),
                "username",
                database.username(),
                "password",
                database.password(),
                "table",
                table);
    }
}
