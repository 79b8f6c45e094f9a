package io.streamforge.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Problem;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.WriteResult;
import io.streamforge.connector.WriteResult.Rejection;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import io.streamforge.testing.EmbeddedMySqlServer;
import io.streamforge.testing.MySqlDatabase;
import io.streamforge.testing.RandomRows;
import io.streamforge.testing.Records;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlSinkIT {

    private static final RowSchema ORDERS = new RowSchema(
            "orders",
            List.of(
                    Column.required("id", DataType.INT64),
                    Column.nullable("customer", DataType.STRING),
                    Column.nullable("at", DataType.timestampTz(0))),
            List.of("id"));

    private final MySqlDatabase database = EmbeddedMySqlServer.shared().newDatabase();
    private final MySqlTarget target = new MySqlTarget(database);
    private final Map<String, Object> options = new HashMap<>(target.options());

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldKeepRandomRowsOfEveryTypeInATableItCreates(boolean infile) throws ConnectorException {
        // given
        List<Column> columns = new ArrayList<>(List.of(Column.required("id", DataType.INT64)));
        Stream.of(
                        "BOOLEAN",
                        "INT32",
                        "INT64",
                        "UINT64",
                        "DECIMAL(12,2)",
                        "DECIMAL(38,9)",
                        "DECIMAL(65,30)",
                        "STRING",
                        "BYTES",
                        "UUID",
                        "DATE",
                        "TIME(3)",
                        "TIME(6)",
                        "TIMESTAMP(0)",
                        "TIMESTAMP(6)",
                        "TIMESTAMP_TZ(6)",
                        "FLOAT32",
                        "FLOAT64",
                        "INTERVAL",
                        "JSON")
                .map(DataType::parse)
                .forEach(type -> columns.add(Column.nullable("c" + columns.size(), type)));
        RowSchema schema = new RowSchema("random", columns, List.of("id"));
        RandomRows random = new RandomRows(20240801);
        Records records = Records.of(schema, 0, 0);
        List<Map<String, @Nullable Object>> expected = new ArrayList<>();
        for (long id = 0; id < 500; id++) {
            List<@Nullable Object> row = random.row(schema);
            row.set(0, id);
            records.put(row);
            Map<String, @Nullable Object> named = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                named.put(schema.column(i).name(), MySqlTarget.normalised(schema.column(i), row.get(i)));
            }
            expected.add(named);
        }
        options.put("url", infile ? database.url() : database.url("allowLocalInfile=false"));
        options.put("mode", infile ? "upsert" : "insert");

        // when
        WriteResult result = run().write(schema, records.batch());

        // then
        assertThat(result.rejected()).isEmpty();
        List<Map<String, @Nullable Object>> rows = target.rows(schema);
        rows.forEach(MySqlSinkIT::makeComparable);
        expected.forEach(MySqlSinkIT::makeComparable);
        assertThat(Set.copyOf(rows)).isEqualTo(Set.copyOf(expected));
    }

    @Test
    void shouldWriteToColumnsOfOtherTypesThatKeepTheValues() throws ConnectorException {
        // given
        database.execute(
                "CREATE TABLE target (id smallint unsigned PRIMARY KEY, flag bit(1), small tinyint, big decimal(20,0),"
                        + " word enum('a','b','1'), words set('x','y'), tag varchar(3), raw binary(2), at timestamp(3)"
                        + " NULL, doubled double AS (small * 2) STORED, filled int DEFAULT 7)");
        RowSchema schema = new RowSchema(
                "target",
                List.of(
                        Column.required("id", DataType.INT64),
                        Column.nullable("flag", DataType.BOOLEAN),
                        Column.nullable("small", DataType.INT32),
                        Column.nullable("big", DataType.UINT64),
                        Column.nullable("word", DataType.STRING),
                        Column.nullable("words", DataType.STRING),
                        Column.nullable("tag", DataType.STRING),
                        Column.nullable("raw", DataType.BYTES),
                        Column.nullable("at", DataType.timestampTz(3))),
                List.of("id"));
        Instant now = Instant.parse("2024-02-29T12:00:00.123Z");
        BigInteger big = new BigInteger("18446744073709551615");
        SinkBatch batch = Records.of(schema, 0, 0)
                .put(1L, true, 127, big, "1", "x,y", "Zür", new byte[] {1, 2}, now)
                .put(70_000L, null, null, null, null, null, null, null, null)
                .put(2L, null, 128, null, null, null, null, null, null)
                .put(3L, null, null, null, "2", null, null, null, null)
                .put(4L, null, null, null, null, "z", null, null, null)
                .put(5L, null, null, null, null, null, "four", null, null)
                .put(6L, null, null, null, null, null, null, new byte[] {1}, null)
                .put(7L, null, null, null, null, null, null, null, Instant.parse("2040-01-01T00:00:00Z"))
                .put(8L, false, -128, null, null, "", "", null, null)
                .batch();

        // when
        WriteResult result = run().write(schema, batch);

        // then
        assertThat(result.rejected()).extracting(Rejection::row).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(result.rejected())
                .allSatisfy(rejection -> assertThat(rejection.code()).isEqualTo("JDBC-VALUE"));
        assertThat(database.query("SELECT id, flag + 0, small, big, word, words, tag, hex(raw), doubled, filled, "
                                + "unix_timestamp(at) = 1709208000.123 FROM target ORDER BY id")
                        .toString())
                .isEqualTo("[[1, 1, 127, 18446744073709551615, 1, x,y, Zür, 0102, 254.0, 7, 1], "
                        + "[8, 0, -128, null, null, , , null, -256.0, 7, null]]");
    }

    @Test
    void shouldRefuseWhatWouldMeetAnotherUniqueKeyInsteadOfChangingThatRow() throws ConnectorException {
        // given
        database.execute("CREATE TABLE target (id bigint PRIMARY KEY, customer varchar(20) UNIQUE, at datetime)");
        options.put("mode", "upsert");
        SinkBatch batch = Records.of(ORDERS, 0, 0)
                .put(1L, "Ada", null)
                .put(2L, "Ada", null)
                .put(3L, "Bob", null)
                .put(4L, null, null)
                .batch();

        // when
        WriteResult result = run().write(ORDERS, batch);

        // then
        assertThat(result.rejected()).singleElement().satisfies(rejection -> {
            assertThat(rejection.row()).isEqualTo(1);
            assertThat(rejection.code()).isEqualTo("JDBC-UNIQUE");
        });
        assertThat(database.query("SELECT id, customer FROM target ORDER BY id").toString())
                .isEqualTo("[[1, Ada], [3, Bob], [4, null]]");
    }

    @Test
    void shouldTakeKeysThatAreTheSameToTheDatabaseOneAfterTheOther() throws ConnectorException {
        // given
        database.execute(
                "CREATE TABLE target (name varchar(20) COLLATE utf8mb4_general_ci PRIMARY KEY, n int) CHARACTER SET"
                        + " utf8mb4");
        RowSchema names = new RowSchema(
                "names",
                List.of(Column.required("name", DataType.STRING), Column.nullable("n", DataType.INT32)),
                List.of("name"));
        options.put("mode", "upsert");
        SinkBatch batch = Records.of(names, 0, 0)
                .put("ada", 1)
                .put("Bob", 2)
                .put("ADA", 3)
                .batch();

        // when
        WriteResult result = run().write(names, batch);

        // then
        assertThat(result.rejected()).isEmpty();
        assertThat(database.query("SELECT name, n FROM target ORDER BY n").toString())
                .isEqualTo("[[Bob, 2], [ada, 3]]");
    }

    @Test
    void shouldNeverLetTheServerInventAValueForNull() throws ConnectorException {
        // given
        database.execute("CREATE TABLE target (id bigint PRIMARY KEY, customer text, at timestamp NOT NULL)");

        // when
        WriteResult result =
                run().write(ORDERS, Records.of(ORDERS, 0, 0).put(1L, "x", null).batch());

        // then
        assertThat(result.rejected()).singleElement().satisfies(rejection -> assertThat(rejection.code())
                .isEqualTo("JDBC-NOT-NULL"));
    }

    @Test
    void shouldSayWhyARowIsRefused() throws ConnectorException {
        database.execute(
                "CREATE TABLE customers (name varchar(20) PRIMARY KEY)",
                "INSERT INTO customers VALUES ('Ada')",
                "CREATE TABLE target (id bigint PRIMARY KEY, customer varchar(20), at datetime,"
                        + " FOREIGN KEY (customer) REFERENCES customers (name), CHECK (id <> 5))",
                "CREATE TRIGGER no_six BEFORE INSERT ON target FOR EACH ROW IF new.id = 6 THEN SIGNAL SQLSTATE '45000' "
                        + "SET MESSAGE_TEXT = 'six is out'; END IF");
        for (String mode : List.of("insert", "upsert")) {
            database.execute("DELETE FROM target", "DROP TABLE IF EXISTS streamforge_offsets");
            options.put("mode", mode);
            SinkBatch batch = Records.of(ORDERS, 0, 0)
                    .put(1L, "Ada", null)
                    .put(4L, "nobody", null)
                    .put(5L, "Ada", null)
                    .put(6L, "Ada", null)
                    .put(7L, "Ada", null)
                    .batch();

            WriteResult result = run().write(ORDERS, batch);

            assertThat(result.rejected())
                    .extracting(Rejection::code)
                    .containsExactly("JDBC-FOREIGN-KEY", "JDBC-CHECK", "JDBC-TRIGGER");
            assertThat(result.rejected().get(2).message()).isEqualTo("six is out");
            assertThat(database.number("SELECT count(*) FROM target")).isEqualTo(2);
        }
    }

    @Test
    void shouldFindWhatKeepsARunFromWorkingBeforeItStarts() throws ConnectorException {
        database.execute(
                "CREATE TABLE old (id bigint, customer text, at datetime) ENGINE = MyISAM",
                "CREATE VIEW looking AS SELECT 1 AS id",
                "CREATE TABLE target (id bigint PRIMARY KEY, customer varchar(10), at datetime, price int NOT NULL)");

        assertThat(codes("old")).containsExactly("JDBC-ENGINE");
        assertThat(codes("looking")).contains("JDBC-NOT-A-TABLE");
        assertThat(codes("target")).containsExactly("JDBC-COLUMN-REQUIRED");
        assertThat(codes("nowhere.target")).containsExactly("JDBC-NO-SCHEMA");
        options.put("key", List.of("customer"));
        options.put("mode", "upsert");
        assertThat(codes("target")).containsExactly("JDBC-COLUMN-REQUIRED");
        assertThat(database.number("SELECT count(*) FROM information_schema.tables WHERE table_schema = database()"))
                .isEqualTo(3);
    }

    @Test
    void shouldTakeOverFromAWriterThatHangsInATransaction() throws Exception {
        try (SinkWriter hanging = run().open(ORDERS)) {
            // given
            hanging.restore();
            hanging.write(batch(0, 1));
            try (Connection lock = database.connect();
                    Statement statement = lock.createStatement()) {
                lock.setAutoCommit(false);
                statement.execute("SELECT * FROM target FOR UPDATE");
                options.put("mode", "upsert");
                SinkBatch blocked = Records.of(ORDERS, 0, 1).put(0L, "y", null).batch();
                try (SinkWriter old = run().open(ORDERS)) {
                    old.restore();
                    CompletableFuture<ErrorInfo> write =
                            CompletableFuture.supplyAsync(() -> failure(() -> old.write(blocked)));
                    awaitBlocked();

                    // when
                    try (SinkWriter next = run().open(ORDERS)) {
                        assertThat(next.restore().orElseThrow().get(0)).isEqualTo(new SinkWriter.Progress(1, 1, 0));

                        // then
                        assertThat(write.get(10, TimeUnit.SECONDS).category()).isEqualTo(Category.CONNECTION);
                    }
                }
                lock.rollback();
            }
        }
    }

    @Test
    void shouldGoOnWithANewConnectionWhenTheOldOneIsLost() throws ConnectorException, SQLException {
        try (SinkWriter writer = run().open(ORDERS)) {
            // given
            writer.restore();
            writer.write(batch(0, 10));
            database.execute("KILL " + database.number("SELECT owner FROM streamforge_offsets"));

            // when
            ErrorInfo error = failure(() -> writer.write(batch(10, 10)));
            writer.write(batch(10, 10));

            // then
            assertThat(error.category()).isEqualTo(Category.CONNECTION);
        }
        assertThat(database.number("SELECT count(*) FROM target")).isEqualTo(20);
    }

    @Test
    void shouldTellConnectionErrorsApartAndNeverShowThePassword() {
        String secret = "s3cr3t-Pa55";
        options.put("password", secret);

        assertThat(openError("username", "nobody").code()).isEqualTo("JDBC-AUTHENTICATION");
        options.put("username", database.username());
        options.put("password", database.password());
        assertThat(openError("url", "jdbc:mysql://localhost:" + database.port() + "/nowhere")
                        .code())
                .isEqualTo("JDBC-NO-DATABASE");
        assertThat(openError("url", "jdbc:mysql://localhost:1/db").code()).isEqualTo("JDBC-CONNECTION-REFUSED");
        assertThat(openError("url", "jdbc:mysql://no.such.host.invalid/db").code())
                .isEqualTo("JDBC-UNKNOWN-HOST");
    }

    /** A user whose password the server has not seen since it was set. */
    @Test
    @Tag("mysql")
    void shouldSayHowToConnectToAUserOfMySqlWithoutEncryption() throws ConnectorException {
        // given
        database.execute(
                "DROP USER IF EXISTS fresh@'%'",
                "CREATE USER fresh@'%' IDENTIFIED WITH caching_sha2_password BY 'fresh'",
                "GRANT ALL ON " + database.name() + ".* TO fresh@'%'");
        String plain = database.url().substring(0, database.url().indexOf('?'));
        options.putAll(Map.of("username", "fresh", "password", "fresh"));

        // when
        ErrorInfo error = openError("url", plain);
        options.put("url", plain + "?sslMode=trust");
        WriteResult result = run().write(ORDERS, batch(0, 10));

        // then
        assertThat(error.code()).isEqualTo("JDBC-AUTHENTICATION");
        assertThat(error.suggestion()).contains("sslMode", "allowPublicKeyRetrieval=true");
        assertThat(result.rejected()).isEmpty();
        assertThat(database.number("SELECT count(*) FROM target")).isEqualTo(10);
    }

    private static void makeComparable(Map<String, @Nullable Object> row) {
        row.replaceAll(
                (name, value) -> value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
    }

    private List<String> codes(String table) throws ConnectorException {
        options.put("table", table);
        return run().check(ORDERS).stream().map(Problem::code).toList();
    }

    private void awaitBlocked() {
        Awaitility.await()
                .until(() -> database.number(
                                "SELECT count(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'")
                        > 0);
    }

    private ErrorInfo openError(String option, String value) {
        options.put(option, value);
        ErrorInfo error = failure(() -> run().open(ORDERS).close());
        assertThat(error.message()).doesNotContain("s3cr3t").doesNotContain("\n");
        assertThat(error.suggestion()).isNotBlank();
        return error;
    }

    private interface Attempt {
        void run() throws ConnectorException;
    }

    private static ErrorInfo failure(Attempt attempt) {
        return catchThrowableOfType(ConnectorException.class, attempt::run).error();
    }

    private SinkRun run() {
        return new SinkRun(new MySqlConnector(), options);
    }

    private static SinkBatch batch(long first, int size) {
        Records records = Records.of(ORDERS, 0, first);
        for (long id = first; id < first + size; id++) {
            records.put(id, "customer", null);
        }
        return records.batch();
    }
}
