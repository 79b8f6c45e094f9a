package io.streamforge.connector.jdbc;

import static io.streamforge.testing.SinkContract.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Problem;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.SinkWriter.Progress;
import io.streamforge.connector.WriteResult.Rejection;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import io.streamforge.testing.RandomRows;
import io.streamforge.testing.Records;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteSinkIT {

    @TempDir
    private Path directory;

    private SqliteTarget target;
    private Map<String, Object> options;

    @BeforeEach
    void useNewFile() {
        target = new SqliteTarget(directory.resolve("t.db"));
        options = target.options();
    }

    @Test
    void shouldKeepRandomRowsOfEveryTypeInATableItCreates() throws ConnectorException {
        // given
        RowSchema schema = everyType();
        RandomRows random = new RandomRows(1);
        Records records = Records.of(schema, 0, 0);
        List<Map<String, @Nullable Object>> expected = new ArrayList<>();
        for (long id = 0; id < 1000; id++) {
            List<@Nullable Object> row = random.row(schema);
            row.set(0, id);
            records.put(row);
            Map<String, @Nullable Object> named = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                named.put(schema.column(i).name(), comparable(row.get(i)));
            }
            expected.add(named);
        }

        // when
        assertThat(run().write(schema, records.batch()).rejected()).isEmpty();

        // then
        List<Map<String, @Nullable Object>> rows = target.rows(schema);
        rows.forEach(row -> row.replaceAll((name, value) -> comparable(value)));
        assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INT64           | BIGINT     | 9007199254740993     | 9007199254740993
            INT64           | NUMERIC    | 9007199254740993     | 9007199254740993
            INT32           | REAL       | 7                    | 7.0
            UINT64          | INTEGER    | 9223372036854775807  | 9223372036854775807
            DECIMAL(12,2)   | REAL       | 1234567890.12        | 1234567890.12
            DECIMAL(12,2)   | VARCHAR(9) | 1234567890.10        | 1234567890.10
            DECIMAL(18,0)   | INTEGER    | 999999999999999999   | 999999999999999999
            STRING          |            | 007                  | 007
            DATE            | DATE       | 2024-02-29           | 2024-02-29
            TIMESTAMP(0)    | DATETIME   | 2024-02-29T12:00:00  | 2024-02-29T12:00:00
            TIMESTAMP_TZ(3) | TEXT       | 2024-02-29T12:00:00Z | 2024-02-29T12:00:00.000Z
            TIMESTAMP_TZ(9) | TEXT       | 2024-02-29T12:00:00Z | 2024-02-29T12:00:00.000000000Z
            """)
    void shouldKeepAValueInAnExistingColumn(DataType type, @Nullable String column, String value, String stored)
            throws ConnectorException, SQLException {
        assertThat(write(type, column == null ? "" : column, TextValues.parse(type, value)))
                .isEmpty();
        assertThat(text("SELECT sample FROM target")).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            STRING        | INTEGER, REAL, NUMERIC, JSON
            INT64         | TEXT, REAL
            FLOAT64       | INTEGER, TEXT
            DECIMAL(16,2) | REAL, NUMERIC, INTEGER
            UINT64        | REAL
            BYTES         | TEXT, INTEGER
            JSON          | JSON
            DATE          | INTEGER
            BOOLEAN       | TEXT
            """)
    void shouldRefuseAColumnThatWouldChangeTheValues(DataType type, String columns) throws ConnectorException {
        for (String column : columns.split(", ")) {
            create(column);
            assertThat(run().check(schema(type)))
                    .describedAs(column)
                    .extracting(Problem::code)
                    .containsExactly("JDBC-TYPE");
        }
    }

    @Test
    void shouldRejectValuesThatSqliteCannotHold() throws ConnectorException {
        assertThat(write(DataType.FLOAT64, "REAL", Double.NaN))
                .extracting(Rejection::code)
                .containsExactly("JDBC-VALUE");
        assertThat(write(DataType.FLOAT64, "REAL", Double.NEGATIVE_INFINITY)).isEmpty();
        assertThat(write(DataType.UINT64, "INTEGER", BigInteger.ONE.shiftLeft(63)))
                .extracting(Rejection::code)
                .containsExactly("JDBC-VALUE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            JDBC-NOT-NULL    | customer TEXT NOT NULL                                 |
            JDBC-UNIQUE      | customer TEXT UNIQUE                                   | good0
            JDBC-UNIQUE      | customer TEXT UNIQUE ON CONFLICT REPLACE               | good0
            JDBC-CHECK       | customer TEXT CHECK (customer LIKE 'good%')            | bad
            JDBC-FOREIGN-KEY | customer TEXT REFERENCES labels                        | unknown
            JDBC-TRIGGER     | customer TEXT                                          | boom
            """)
    void shouldSayWhyARowIsRefusedAndWriteTheOthers(String code, String column, @Nullable String bad)
            throws ConnectorException {
        // given
        target.execute(
                "CREATE TABLE labels (label TEXT PRIMARY KEY)",
                "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99) "
                        + "INSERT INTO labels SELECT 'good' || i FROM n",
                "CREATE TABLE target (id INTEGER, " + column + ", amount TEXT)",
                "CREATE TRIGGER refuse BEFORE INSERT ON target WHEN NEW.customer = 'boom' "
                        + "BEGIN SELECT RAISE(ABORT, 'no boom'); END");
        RowSchema nullable = new RowSchema(
                "orders",
                List.of(ORDERS.column(0), Column.nullable("customer", DataType.STRING), ORDERS.column(2)),
                List.of());
        Records rows = Records.of(nullable, 0, 0);
        for (long id = 0; id < 100; id++) {
            rows.put(id, id == 57 ? bad : "good" + id, null);
        }

        // when
        List<Rejection> rejected = run().write(nullable, rows.batch()).rejected();

        // then
        assertThat(rejected).extracting(Rejection::row, Rejection::code).containsExactly(tuple(57, code));
        assertThat(target.rows(nullable)).hasSize(99);
    }

    @Test
    void shouldStopWhenARefusedRowEndsTheTransaction() throws ConnectorException {
        // given
        target.execute(
                "CREATE TABLE target (id INTEGER, customer TEXT, amount TEXT)",
                "CREATE TRIGGER refuse BEFORE INSERT ON target WHEN NEW.id = 5 "
                        + "BEGIN SELECT RAISE(ROLLBACK, 'no five'); END");

        // when
        ErrorInfo error = failure(() -> run().write(ORDERS, batch(0, 10)));

        // then
        assertThat(error.code()).isEqualTo("JDBC-ROLLBACK");
        assertThat(target.rows(ORDERS)).isEmpty();
    }

    @Test
    void shouldEndTheRunForADeferredForeignKey() throws ConnectorException {
        // given
        target.execute(
                "CREATE TABLE labels (label TEXT PRIMARY KEY)",
                "CREATE TABLE target (id INTEGER, customer TEXT REFERENCES labels DEFERRABLE INITIALLY DEFERRED, amount TEXT)");

        // when
        ErrorInfo error = failure(() -> run().write(ORDERS, batch(0, 10)));

        // then
        assertThat(error.code()).isEqualTo("JDBC-FOREIGN-KEY");
        assertThat(error.category()).isEqualTo(Category.FATAL);
        assertThat(target.rows(ORDERS)).isEmpty();
    }

    @Test
    void shouldWaitForAnotherWriterAndThenSayThatTheFileIsLocked() throws Exception {
        // given
        options.put("busy_timeout", "300ms");
        try (SinkWriter writer = run().open(ORDERS)) {
            writer.restore();
            try (Connection other = DriverManager.getConnection(target.url());
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");

                // then
                ErrorInfo error = failure(() -> writer.write(batch(0, 1)));
                assertThat(error.code()).isEqualTo("JDBC-LOCKED");
                assertThat(error.category()).isEqualTo(Category.TRANSIENT);
                statement.execute("ROLLBACK");
            }
            writer.write(batch(0, 1));
        }
        assertThat(target.rows(ORDERS)).hasSize(1);
    }

    @Test
    void shouldEndAWaitingWriteWhenItIsClosed() throws Exception {
        SinkWriter writer = run().open(ORDERS);
        writer.restore();
        try (Connection other = DriverManager.getConnection(target.url());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            CompletableFuture<ErrorInfo> write =
                    CompletableFuture.supplyAsync(() -> failure(() -> writer.write(batch(0, 1))));

            writer.close();

            assertThat(write.get(30, TimeUnit.SECONDS).code()).isEqualTo("JDBC-CLOSED");
            statement.execute("ROLLBACK");
        }
    }

    @Test
    void shouldWriteToAFileWithoutAWriteAheadLogAndLeaveItsJournal() throws ConnectorException, SQLException {
        // given
        target.execute("CREATE TABLE other (a)");

        // when
        run().write(ORDERS, batch(0, 10));

        // then
        assertThat(text("PRAGMA journal_mode")).isEqualTo("delete");
        assertThat(target.rows(ORDERS)).hasSize(10);
    }

    @Test
    void shouldLeaveNothingBesideTheFile() throws Exception {
        run().write(ORDERS, batch(0, 10));

        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(target.file());
        }
    }

    @Test
    void shouldCreateNothingAtCheckAndNameWhatIsMissing() throws ConnectorException, IOException {
        assertThat(run().check(ORDERS)).isEmpty();
        assertThat(target.file()).doesNotExist();

        options.put("url", "jdbc:sqlite:" + directory.resolve("missing/t.db"));
        assertThat(run().check(ORDERS)).extracting(Problem::code).containsExactly("JDBC-CANNOT-OPEN");
        assertThat(failure(() -> run().open(ORDERS).close()).code()).isEqualTo("JDBC-CANNOT-OPEN");

        Files.writeString(directory.resolve("text.db"), "this is no database at all, ".repeat(100));
        options.put("url", "jdbc:sqlite:" + directory.resolve("text.db"));
        assertThat(failure(() -> run().check(ORDERS)).code()).isEqualTo("JDBC-NOT-A-DATABASE");
        assertThat(failure(() -> run().open(ORDERS).close()).code()).isEqualTo("JDBC-NOT-A-DATABASE");
    }

    @Test
    void shouldReportWhatDoesNotFitAnExistingTable() throws ConnectorException {
        target.execute("CREATE TABLE target (id INTEGER PRIMARY KEY, custmer TEXT, amount TEXT, region TEXT NOT NULL, "
                + "twice GENERATED ALWAYS AS (id * 2))");
        options.put("mode", "upsert");
        options.put("key", "customer");

        assertThat(run().check(ORDERS))
                .extracting(Problem::code)
                .containsExactly("JDBC-NO-COLUMN", "JDBC-COLUMN-REQUIRED");
        target.execute("DROP TABLE target", "CREATE TABLE target (ID INTEGER PRIMARY KEY, Customer TEXT, amount TEXT)");
        assertThat(run().check(ORDERS)).extracting(Problem::code).containsExactly("JDBC-NO-UNIQUE-KEY");
        target.execute("CREATE UNIQUE INDEX u ON target (Customer)");
        assertThat(run().check(ORDERS)).isEmpty();
    }

    @Test
    void shouldRefuseANullKeyInsteadOfInventingOne() throws ConnectorException {
        RowSchema schema = new RowSchema(
                "t",
                List.of(Column.nullable("id", DataType.INT64), Column.nullable("v", DataType.STRING)),
                List.of("id"));

        assertThat(run().write(
                                schema,
                                Records.of(schema, 0, 0)
                                        .put(null, "x")
                                        .put(1L, "y")
                                        .batch())
                        .rejected())
                .extracting(Rejection::row)
                .containsExactly(0);
    }

    @Test
    void shouldKeepProgressAcrossRuns() throws ConnectorException {
        try (SinkWriter writer = run().open(ORDERS)) {
            writer.restore();
            writer.write(batch(0, 10));
            writer.complete();
        }
        try (SinkWriter writer = run().open(ORDERS)) {
            assertThat(writer.restore()).hasValue(Map.of(0, new Progress(10, 10, 0)));
            assertThat(failure(() -> writer.write(batch(11, 1))).code()).isEqualTo("JDBC-OFFSET");
        }
    }

    private interface Attempt {
        void run() throws ConnectorException;
    }

    private static ErrorInfo failure(Attempt attempt) {
        return catchThrowableOfType(ConnectorException.class, attempt::run).error();
    }

    private SinkRun run() {
        return new SinkRun(new SqliteConnector(), options);
    }

    private static SinkBatch batch(long first, int size) {
        Records records = Records.of(ORDERS, 0, first);
        for (long id = first; id < first + size; id++) {
            records.put(id, "customer", null);
        }
        return records.batch();
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(target.url());
                Statement statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private List<Rejection> write(DataType type, String column, Object value) throws ConnectorException {
        create(column);
        RowSchema schema = schema(type);
        assertThat(run().check(schema)).isEmpty();
        return run().write(
                        schema,
                        Records.of(schema, 0, 0)
                                .put(Collections.singletonList(value))
                                .batch())
                .rejected();
    }

    private void create(String column) {
        target.execute(
                "DROP TABLE IF EXISTS target",
                "DROP TABLE IF EXISTS streamforge_offsets",
                "CREATE TABLE target (sample " + column + ")");
    }

    private static RowSchema schema(DataType type) {
        return new RowSchema("samples", List.of(Column.nullable("sample", type)), List.of());
    }

    private static RowSchema everyType() {
        List<DataType> types = List.of(
                DataType.BOOLEAN,
                DataType.INT32,
                DataType.INT64,
                DataType.UINT64,
                DataType.FLOAT32,
                DataType.FLOAT64,
                DataType.decimal(12, 2),
                DataType.decimal(77, 33),
                DataType.STRING,
                DataType.BYTES,
                DataType.UUID,
                DataType.DATE,
                DataType.time(0),
                DataType.time(6),
                DataType.timestamp(0),
                DataType.timestamp(9),
                DataType.timestampTz(3),
                DataType.timestampTz(9),
                DataType.INTERVAL,
                DataType.JSON,
                DataType.array(DataType.STRING),
                DataType.map(DataType.STRING));
        List<Column> columns = new ArrayList<>();
        columns.add(Column.required("id", DataType.INT64));
        types.forEach(type -> columns.add(Column.nullable("c" + columns.size(), type)));
        return new RowSchema("every_type", columns, List.of("id"));
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value;
    }
}
