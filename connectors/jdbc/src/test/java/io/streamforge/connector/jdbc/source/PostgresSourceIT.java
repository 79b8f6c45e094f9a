package io.streamforge.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.Source;
import io.streamforge.connector.jdbc.PostgresConnector;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RejectedRow;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.BaseSubscriber;

class PostgresSourceIT {

    private static final int ROWS = 20_000;

    private final PostgresDatabase database = EmbeddedPostgresServer.shared().newDatabase();
    private final SourceReader reader = new SourceReader(
            new PostgresConnector(), Map.of("url", database.url(), "username", "postgres", "password", "postgres"));

    /** Keys that min and max alone would divide badly. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gaps     | bigint    | CASE WHEN i < 19000 THEN i ELSE i::bigint * 1000000000 END",
                "crowd    | int       | CASE WHEN i % 10 < 9 THEN 7 ELSE i END",
                "text     | text      | md5(i::text)",
                "uuid     | uuid      | md5(i::text)::uuid",
                "date     | date      | DATE '2020-01-01' + (i * i / 100000)",
                "moment   | timestamptz | TIMESTAMPTZ '2020-01-01 00:00:00.123456+00' + i * INTERVAL '1 millisecond'",
                "number   | numeric(20,9) | i / 7.0",
                "missing  | int       | CASE WHEN i % 2 = 0 THEN i END",
            })
    void shouldDivideAnyKeyIntoBalancedRangesThatHoldEachRowOnce(String name, String type, String key)
            throws Exception {
        // given
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, k " + type + ", filler text)",
                "INSERT INTO t SELECT i, " + key + ", 'x' FROM generate_series(1, " + ROWS + ") AS i",
                "ANALYZE t");

        // when
        Map<String, List<List<Object>>> splits =
                reader.splits(Map.of("table", "t", "split_key", "k", "columns", List.of("id"), "splits", 4));

        // then
        assertThat(splits.values().stream().flatMap(List::stream))
                .as("rows of all splits")
                .hasSize(ROWS)
                .doesNotHaveDuplicates();
        if (!name.equals("crowd")) {
            assertThat(splits).hasSizeGreaterThanOrEqualTo(4);
            assertThat(splits.entrySet())
                    .filteredOn(entry -> !entry.getKey().equals("nulls"))
                    .allSatisfy(entry -> assertThat(entry.getValue()).hasSizeLessThan(ROWS / 3));
        }
    }

    @Test
    void shouldDivideByACompositeKeyWhoseFirstColumnSaysLittle() throws Exception {
        // given
        database.execute(
                "CREATE TABLE t (tenant int, no int, PRIMARY KEY (tenant, no))",
                "INSERT INTO t SELECT 1, i FROM generate_series(1, " + ROWS + ") AS i");

        // when
        Map<String, List<List<Object>>> splits = reader.splits(Map.of("table", "t", "splits", 3));

        // then
        assertThat(splits).hasSize(3);
        assertThat(splits.values()).allSatisfy(rows -> assertThat(rows).hasSizeBetween(ROWS / 4, ROWS / 2));
        assertThat(splits.values().stream().flatMap(List::stream)).hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Test
    void shouldSampleALargeTableByItsBlocks() throws Exception {
        // given
        database.execute(
                "CREATE TABLE t (id bigint PRIMARY KEY, filler text)",
                "INSERT INTO t SELECT i::bigint * i, 'some text' FROM generate_series(1, 100000) AS i",
                "ANALYZE t");

        // when
        Map<String, List<List<Object>>> splits =
                reader.splits(Map.of("table", "t", "columns", List.of("id"), "splits", 4));

        // then
        assertThat(splits).hasSize(4);
        assertThat(splits.values()).allSatisfy(rows -> assertThat(rows).hasSizeBetween(15_000, 35_000));
        assertThat(splits.values().stream().mapToInt(List::size).sum()).isEqualTo(100_000);
    }

    @Test
    void shouldReadAllSplitsAsOfOneMoment() throws Exception {
        // given
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, v int)",
                "INSERT INTO t SELECT i, 1 FROM generate_series(1, 1000) AS i");
        try (Source source = reader.source(Map.of("table", "t", "splits", 2))) {
            Discovery found = source.discover();

            // when
            List<List<Object>> first = reader.rows(source, found, 0);
            database.execute("UPDATE t SET v = 2", "INSERT INTO t VALUES (5000, 2)");
            List<List<Object>> second = reader.rows(source, found, 1);

            // then
            assertThat(first).extracting(row -> row.get(1)).containsOnly(1);
            assertThat(second).extracting(row -> row.get(1)).containsOnly(1);
            assertThat(first.size() + second.size()).isEqualTo(1000);
        }
    }

    @Test
    void shouldSayInThePositionThatALaterSnapshotWasNeeded() throws Exception {
        // given
        database.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t SELECT generate_series(1, 30000)");
        Position interrupted;
        try (Source source = reader.source(Map.of("table", "t"))) {
            Discovery found = source.discover();
            interrupted = reader.batches(source, found, 0).get(0).position();
        }

        // when
        List<RecordBatch> rest;
        try (Source source = reader.source(Map.of("table", "t"))) {
            Discovery found = source.discover();
            Position ours = new Position(Map.of(
                    "plan",
                    found.splits().get(0).values().get("plan"),
                    "key",
                    interrupted.values().get("key"),
                    "rows",
                    8192,
                    "snapshots",
                    1));
            rest = source.read(found.splits().get(0), Optional.of(ours), found.schema())
                    .collectList()
                    .block();
        }

        // then
        assertThat(rest).isNotEmpty();
        assertThat(rest.get(0).position().number("snapshots")).contains(2L);
    }

    @Test
    void shouldReadEverythingAgainInTheNextRunAndOnlyWhatIsNewWhenIncremental() throws Exception {
        // given
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, changed timestamptz NOT NULL)",
                "INSERT INTO t SELECT i, '2024-01-01' FROM generate_series(1, 10) AS i");
        Position full = reader.last(Map.of("table", "t"));
        Position incremental = reader.last(Map.of("table", "t", "incremental", "changed"));

        // when
        database.execute("INSERT INTO t VALUES (11, '2024-01-01'), (12, '2024-01-02')");

        // then
        assertThat(reader.rows(Map.of("table", "t"), full)).hasSize(12);
        assertThat(reader.rows(Map.of("table", "t", "incremental", "changed"), incremental))
                .extracting(row -> row.get(0))
                .containsExactly(11, 12);
    }

    @Test
    void shouldNotGoOnInATableWhoseRowsHaveNoOrder() throws Exception {
        // given
        database.execute("CREATE TABLE t (id int)", "INSERT INTO t SELECT generate_series(1, 10)");

        try (Source source = reader.source(Map.of("table", "t"))) {
            Discovery found = source.discover();
            Position position = reader.batches(source, found, 0).get(0).position();

            // then
            assertThatThrownBy(() -> source.read(found.splits().get(0), Optional.of(position), found.schema())
                            .blockLast())
                    .hasRootCauseInstanceOf(ConnectorException.class)
                    .hasStackTraceContaining("JDBC-NOT-RESUMABLE");
        }
    }

    @Test
    void shouldReadAQueryWithItsTypes() throws Exception {
        // given
        database.execute(
                "CREATE TYPE mood AS ENUM ('sad', 'happy')",
                "CREATE TABLE t (id int PRIMARY KEY, price numeric(12,2), at timestamp(3), m mood)",
                "INSERT INTO t VALUES (1, 1.50, '2024-01-01 00:00:00.5', 'happy')");

        try (Source source = reader.source(
                Map.of("query", "SELECT id, price * 2 AS double_price, price, at, m FROM t;", "split_key", "id"))) {
            // when
            Discovery found = source.discover();

            // then
            assertThat(found.schema().columns())
                    .extracting(column -> column.type().toString())
                    .containsExactly("INT32", "DECIMAL(38,9)", "DECIMAL(12,2)", "TIMESTAMP(3)", "STRING");
            assertThat(reader.rows(source, found, 0).toString())
                    .isEqualTo("[[1, 3.000000000, 1.50, 2024-01-01T00:00:00.500, happy]]");
        }
    }

    @Test
    void shouldReadQuotedNamesViewsPartitionsAndConditions() throws Exception {
        // given
        database.execute(
                "CREATE SCHEMA \"My Shop\"",
                "CREATE TABLE \"My Shop\".\"Order.Items\" (\"Id\" int PRIMARY KEY, \"select\" text, gone int) PARTITION BY RANGE (\"Id\")",
                "CREATE TABLE \"My Shop\".p1 PARTITION OF \"My Shop\".\"Order.Items\" FOR VALUES FROM (0) TO (100)",
                "INSERT INTO \"My Shop\".\"Order.Items\" VALUES (1, 'a', 1), (2, 'b', 1)",
                "ALTER TABLE \"My Shop\".\"Order.Items\" DROP COLUMN gone",
                "CREATE VIEW v AS SELECT * FROM \"My Shop\".\"Order.Items\"");

        // then
        Map<String, Object> table = Map.of("table", "\"My Shop\".\"Order.Items\"", "where", "\"select\" = 'b'");
        assertThat(reader.rows(table, null)).containsExactly(List.of(2, "b"));
        assertThat(reader.rows(Map.of("table", "V", "split_key", "id"), null)).hasSize(2);
    }

    @Test
    void shouldRejectOnlyTheRowsWhoseValuesHaveNoForm() throws Exception {
        // given
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, d date, t timestamptz, n numeric, c time, a int[])",
                "INSERT INTO t (id, d) VALUES (1, 'infinity'), (2, '2024-01-01')",
                "INSERT INTO t (id, t) VALUES (3, '-infinity')",
                "INSERT INTO t (id, n) VALUES (4, 'NaN'), (5, 0.0000000001), (6, 1e30)",
                "INSERT INTO t (id, c) VALUES (7, '24:00')",
                "INSERT INTO t (id, a) VALUES (8, '{{1},{2}}')");

        try (Source source = reader.source(Map.of("table", "t"))) {
            // when
            List<RecordBatch> batches = reader.batches(source, source.discover(), 0);

            // then
            assertThat(batches).hasSize(1);
            assertThat(batches.get(0).size()).isEqualTo(1);
            assertThat(batches.get(0).rejected())
                    .extracting(RejectedRow::code)
                    .hasSize(7)
                    .containsOnly("JDBC-VALUE");
            assertThat(batches.get(0).position().values().get("key")).isEqualTo(List.of("8"));
        }
    }

    @Test
    void shouldReadNoFurtherThanItIsAskedTo() throws Exception {
        // given
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, filler text)",
                "INSERT INTO t SELECT i, repeat('x', 1000) FROM generate_series(1, 50000) AS i");
        try (Source source = reader.source(Map.of("table", "t"))) {
            // when
            BaseSubscriber<RecordBatch> asking = SourceReader.takeOne(source);

            // then
            await().untilAsserted(() -> assertThat(
                            database.query(
                                    "SELECT wait_event FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%'"))
                    .containsExactly(List.of("ClientWrite")));
            asking.cancel();
        }
    }
}
