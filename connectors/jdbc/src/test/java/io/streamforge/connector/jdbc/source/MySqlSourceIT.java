package io.streamforge.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.Source;
import io.streamforge.connector.jdbc.MySqlConnector;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RejectedRow;
import io.streamforge.testing.EmbeddedMySqlServer;
import io.streamforge.testing.MySqlDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.BaseSubscriber;

class MySqlSourceIT {

    private static final int ROWS = 20_000;

    private final MySqlDatabase database = EmbeddedMySqlServer.shared().newDatabase();
    private final SourceReader reader = new SourceReader(
            new MySqlConnector(),
            Map.of("url", database.url(), "username", database.username(), "password", database.password()));

    /** Keys that min and max alone would divide badly. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bigint          | CASE WHEN seq < 19000 THEN seq ELSE seq * 1000000000 END",
                "bigint unsigned | 18446744073709551615 - seq * seq",
                "date            | DATE '1000-01-01' + INTERVAL seq DAY",
                "datetime(6)     | TIMESTAMP '2020-01-01 00:00:00.123456' + INTERVAL seq * seq SECOND",
                "varchar(40)     | md5(seq)",
                "binary(16)      | unhex(md5(seq))",
                "decimal(20,6)   | seq / 7",
            })
    void shouldDivideAnyKeyIntoBalancedRangesThatHoldEachRowOnce(String type, String key) throws Exception {
        // given
        database.execute(
                "CREATE TABLE t (k " + type + " PRIMARY KEY, id int)",
                "INSERT INTO t SELECT " + key + ", seq FROM " + MySqlDatabase.sequence(ROWS),
                "ANALYZE TABLE t");

        // when
        Map<String, List<List<Object>>> splits =
                reader.splits(Map.of("table", "t", "columns", List.of("id"), "splits", 4));

        // then
        assertThat(splits.values().stream().flatMap(List::stream))
                .as("rows of all splits")
                .hasSize(ROWS)
                .doesNotHaveDuplicates();
        assertThat(splits).hasSize(4);
        assertThat(splits.values()).allSatisfy(rows -> assertThat(rows).hasSizeLessThan(ROWS / 2));
    }

    @Test
    void shouldRejectOnlyTheRowsWhoseDatesAreNone() throws Exception {
        // given
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET sql_mode = ''");
            statement.execute("CREATE TABLE t (id int PRIMARY KEY, d date, m datetime, c time)");
            statement.execute("INSERT INTO t VALUES (1, '0000-00-00', NULL, NULL), (2, '2024-00-10', NULL, NULL),"
                    + " (3, NULL, '0000-00-00 00:00:00', NULL), (4, NULL, NULL, '-01:00:00'), (5, NULL, NULL, '24:00:00'),"
                    + " (6, '2024-01-01', '2024-01-01 00:00:00', '23:59:59')");
        }

        try (Source source = reader.source(Map.of("table", "t"))) {
            // when
            List<RecordBatch> batches = reader.batches(source, source.discover(), 0);

            // then
            assertThat(batches).hasSize(1);
            assertThat(batches.get(0).size()).isEqualTo(1);
            assertThat(batches.get(0).rejected())
                    .extracting(RejectedRow::code)
                    .hasSize(5)
                    .containsOnly("JDBC-VALUE");
        }
    }

    @Test
    void shouldReadAQueryByAKeyOfTextInItsOwnOrder() throws Exception {
        // given
        database.execute(
                "CREATE TABLE t (name varchar(20) PRIMARY KEY, price decimal(9,2), at datetime(3), r float)",
                "INSERT INTO t VALUES ('a''b', 1.5, '2024-01-01 00:00:00.5', 0.1), ('ÄB\\\\', 2, NULL, NULL), ('z', 3, NULL, NULL)");

        // then
        assertThat(reader.rows(Map.of("query", "SELECT name, price * 2 AS double_price, at, r FROM t"), null))
                .contains(List.of(
                        "a'b",
                        new java.math.BigDecimal("3.00"),
                        java.time.LocalDateTime.parse("2024-01-01T00:00:00.5"),
                        0.1f));
        assertThat(reader.splits(Map.of("table", "t", "splits", 3)).values().stream()
                        .flatMap(List::stream))
                .hasSize(3);
    }

    @Test
    void shouldReadNoFurtherThanItIsAskedTo() throws Exception {
        // given
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, filler text)",
                "INSERT INTO t SELECT seq, repeat('x', 1000) FROM " + MySqlDatabase.sequence(50_000));
        try (Source source = reader.source(Map.of("table", "t"))) {
            // when
            BaseSubscriber<RecordBatch> asking = SourceReader.takeOne(source);

            // then
            assertThat(database.number("SELECT count(*) FROM information_schema.processlist WHERE db = database()"
                            + " AND id <> connection_id() AND info LIKE 'SELECT%filler%'"))
                    .isEqualTo(1);
            asking.cancel();
        }
    }
}
