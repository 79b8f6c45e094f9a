package io.streamforge.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.record.Op;
import io.streamforge.testing.EmbeddedMySqlServer;
import io.streamforge.testing.MySqlDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every type as the log has it against the same row as a query gives it. */
class BinlogTypesIT {

    private static final List<String[]> COMMON = List.of(
            new String[] {"tinyint", "-128", "127", "0"},
            new String[] {"tinyint(1)", "2", "1", "0"},
            new String[] {"tinyint unsigned", "255", "0", "128"},
            new String[] {"smallint", "-32768", "32767", "1"},
            new String[] {"smallint unsigned", "65535", "0", "32768"},
            new String[] {"mediumint", "-8388608", "8388607", "1"},
            new String[] {"mediumint unsigned", "16777215", "0", "8388608"},
            new String[] {"int", "-2147483648", "2147483647", "1"},
            new String[] {"int unsigned", "4294967295", "0", "2147483648"},
            new String[] {"bigint", "-9223372036854775808", "9223372036854775807", "1"},
            new String[] {"bigint unsigned", "18446744073709551615", "0", "9223372036854775808"},
            new String[] {"bit(1)", "b'1'", "b'0'", "b'1'"},
            new String[] {"bit(12)", "b'101010101010'", "b'0'", "b'1'"},
            new String[] {"bit(64)", "0xFFFFFFFFFFFFFFFF", "0x0", "0x8000000000000000"},
            new String[] {"decimal(10,2)", "12345678.90", "-0.01", "0"},
            new String[] {"decimal(38,10)", "-1234567890123456789012345678.0123456789", "1", "0.0000000001"},
            new String[] {
                "decimal(65,30)", "99999999999999999999999999999999999.999999999999999999999999999999", "-1", "0"
            },
            new String[] {"decimal(9,9)", "0.123456789", "-0.999999999", "0"},
            new String[] {"float", "3.4028e38", "-1.17549e-38", "1.2345678"},
            new String[] {"double", "1.7976931348623157e308", "-2.2250738585072014e-308", "0.1"},
            new String[] {"year", "1901", "2155", "0000"},
            new String[] {"date", "'1000-01-01'", "'9999-12-31'", "'1970-01-01'"},
            new String[] {"time", "'00:00:00'", "'23:59:59'", "'12:34:56'"},
            new String[] {"time(3)", "'00:00:00.001'", "'23:59:59.999'", "'12:34:56.7'"},
            new String[] {"time(6)", "'00:00:00.000001'", "'23:59:59.999999'", "'12:34:56.7'"},
            new String[] {"datetime", "'1000-01-01 00:00:00'", "'9999-12-31 23:59:59'", "'1969-12-31 23:59:59'"},
            new String[] {
                "datetime(2)", "'1000-01-01 00:00:00.01'", "'9999-12-31 23:59:59.99'", "'2024-02-29 12:00:00.5'"
            },
            new String[] {
                "datetime(6)", "'1000-01-01 00:00:00.000001'", "'9999-12-31 23:59:59.999999'", "'1969-12-31 23:59:59.5'"
            },
            new String[] {"timestamp", "'1970-01-01 00:00:01'", "'2038-01-19 03:14:07'", "'2024-02-29 12:00:00'"},
            new String[] {
                "timestamp(6)",
                "'1970-01-01 00:00:01.000001'",
                "'2038-01-19 03:14:07.999999'",
                "'2024-02-29 12:00:00.5'"
            },
            new String[] {"char(5)", "'abc'", "'äöü'", "''"},
            new String[] {"char(200)", "repeat('ä',200)", "'x'", "''"},
            new String[] {"varchar(20)", "'größe 😀'", "''", "'x '"},
            new String[] {"varchar(1000)", "repeat('ß',1000)", "''", "'x'"},
            new String[] {"varchar(20) character set latin1", "'größe €'", "char(0x81 using latin1)", "'x'"},
            new String[] {"varchar(20) character set utf16", "'größe 😀'", "''", "'x'"},
            new String[] {"tinytext", "'größe'", "''", "'x'"},
            new String[] {"text", "repeat('ß',20000)", "''", "'x'"},
            new String[] {"mediumtext", "repeat('ß',100000)", "''", "'x'"},
            new String[] {"longtext", "'größe'", "''", "'x'"},
            new String[] {"binary(4)", "0x01020304", "0x0100", "''"},
            new String[] {"varbinary(20)", "0x00ff00", "''", "0x0100"},
            new String[] {"tinyblob", "0x00ff00", "''", "0x01"},
            new String[] {"blob", "repeat(0x00ff,20000)", "''", "0x01"},
            new String[] {"longblob", "0x00ff", "''", "0x01"},
            new String[] {"enum('a','b''c','d,e')", "'a'", "'b''c'", "'d,e'"},
            new String[] {"set('a','b','c')", "'a,c'", "''", "'b'"},
            new String[] {"json", "'{\"a\": [1, 2.5, null, \"x\"]}'", "'null'", "'[]'"});

    private static final List<String[]> OF_MARIADB = List.of(
            new String[] {"timestamp(6)", "'1970-01-01 00:00:00.000001'", "null", "null"},
            new String[] {
                "uuid",
                "'123e4567-e89b-12d3-a456-426655440000'",
                "'00000000-0000-0000-0000-000000000000'",
                "'ffffffff-ffff-1fff-bfff-000000000000'"
            },
            new String[] {"inet4", "'192.168.0.1'", "'0.0.0.0'", "'255.255.255.0'"},
            new String[] {"inet6", "'2001:db8::ff00:42:8329'", "'::'", "'::ffff:192.0.2.128'"});

    private static final List<String[]> OF_MYSQL = List.of(
            new String[] {
                "json",
                "json_object('text', '\"\\\\/\\b\\f\\n\\r\\t\\0ä😀', 'nested', json_array(json_object('', true), false))",
                "json_array(1e0, -2.5e0, 1e-7, 1e14, 1e15, 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308, 0e0)",
                "json_array(9223372036854775807, -9223372036854775808, 18446744073709551615, 40000, -70000, 1.50, 0)"
            },
            new String[] {
                "json",
                "json_array(date '2024-02-29', timestamp '2024-02-29 12:00:00', timestamp '9999-12-31 23:59:59.999999')",
                "json_array(time '00:00:00', time '-01:30:15.05', time '838:59:59')",
                "json_array(0x00ff, repeat(0x01, 100), b'101')"
            },
            new String[] {"json", "json_object('big', repeat('x', 70000))", "json_quote('x')", "'1'"},
            new String[] {"varchar(20) collate utf8mb4_0900_ai_ci", "'größe 😀'", "''", "'x '"},
            new String[] {"varchar(20) character set utf8mb3", "'größe'", "''", "'x'"});

    private static final List<String[]> TYPES = Stream.concat(
                    COMMON.stream(), (EmbeddedMySqlServer.mariaDb() ? OF_MARIADB : OF_MYSQL).stream())
            .toList();

    @Test
    void shouldReadEveryTypeFromTheLogAsAQueryGivesIt() throws Exception {
        // given
        MySqlDatabase database = EmbeddedMySqlServer.shared().newDatabase();
        StringBuilder columns = new StringBuilder("id int primary key");
        for (int i = 0; i < TYPES.size(); i++) {
            columns.append(", c").append(i).append(' ').append(TYPES.get(i)[0]).append(" null");
        }
        database.execute("CREATE TABLE types (" + columns + ") character set utf8mb4");
        Map<String, Object> options = CaptureTestOptions.of(database, "types");

        try (CapturedRows streamed = new CapturedRows(options, Optional.empty())) {
            CaptureTestOptions.awaitStreaming(streamed);
            // when
            for (int row = 1; row <= 3; row++) {
                StringBuilder values = new StringBuilder(String.valueOf(row));
                for (String[] type : TYPES) {
                    values.append(", ").append(type[row]);
                }
                database.execute("INSERT INTO types VALUES (" + values + ")");
            }
            database.execute("INSERT INTO types (id) VALUES (4)");
            List<CapturedRows.Row> log = streamed.await(4);

            // then
            try (CapturedRows queried = new CapturedRows(options, Optional.empty())) {
                List<CapturedRows.Row> query = queried.await(4);
                assertThat(query).allMatch(row -> row.op() == Op.SNAPSHOT);
                for (int row = 0; row < 4; row++) {
                    Map<String, Object> expected = query.get(row).values();
                    Map<String, Object> found = log.get(row).values();
                    for (int i = 0; i < TYPES.size(); i++) {
                        assertThat(found.get("c" + i))
                                .as("%s in row %d", TYPES.get(i)[0], row + 1)
                                .isEqualTo(expected.get("c" + i));
                    }
                }
                assertThat(queried.rejected()).isEmpty();
            }
            assertThat(streamed.rejected()).isEmpty();
        }
    }
}
