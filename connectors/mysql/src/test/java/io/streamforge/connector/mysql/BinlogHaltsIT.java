package io.streamforge.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.Position;
import io.streamforge.record.RowSchema;
import io.streamforge.testing.EmbeddedMySqlServer;
import io.streamforge.testing.MySqlDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What cannot be followed halts with its reason and a way out; nothing is ever skipped. */
class BinlogHaltsIT {

    private MySqlDatabase database;
    private Map<String, Object> options;
    private @Nullable List<RowSchema> schemas;

    @BeforeEach
    void begin() {
        database = EmbeddedMySqlServer.shared().newDatabase();
        database.execute("CREATE TABLE orders (id int PRIMARY KEY, name varchar(50))");
        database.execute("INSERT INTO orders VALUES (1,'a')");
        options = CaptureTestOptions.of(database, "orders");
    }

    private Position captureOne() throws ConnectorException {
        try (CapturedRows captured = new CapturedRows(options, Optional.empty())) {
            captured.await(1);
            schemas = captured.discovery().schemas();
            return BinlogChangesIT.json(captured.position());
        }
    }

    private ErrorInfo failureFrom(Position position) throws ConnectorException {
        try (CapturedRows captured = new CapturedRows(options, Optional.of(position), schemas)) {
            ErrorInfo error = captured.awaitFailure().error();
            assertThat(error.category()).isEqualTo(Category.FATAL);
            assertThat(error.suggestion()).isNotEmpty();
            assertThat(captured.rows()).isEmpty();
            return error;
        }
    }

    @Test
    void shouldHaltAtAnotherServer() throws Exception {
        Position position = withLog(captureOne(), "server", "mariadb-99-0");
        assertThat(failureFrom(position).code()).isEqualTo("CAPTURE-OTHER-SERVER");
    }

    @Test
    void shouldHaltWhenTheLogWasPurged() throws Exception {
        Position position = captureOne();
        database.execute("FLUSH BINARY LOGS");
        // The server keeps files that a connection which has just ended was reading.
        Awaitility.await().until(() -> {
            database.execute("PURGE BINARY LOGS BEFORE NOW() + INTERVAL 1 DAY");
            return database.query("SHOW BINARY LOGS").size() == 1;
        });
        ErrorInfo error = failureFrom(position);
        assertThat(error.code()).isEqualTo("CAPTURE-LOG-LOST");
        assertThat(error.message()).contains("the file is gone, the oldest there is binlog.");
    }

    @Test
    void shouldHaltWhenTheLogWasReset() throws Exception {
        Position position = captureOne();
        database.execute("RESET MASTER");
        database.execute("INSERT INTO orders VALUES (2,'b')");
        assertThat(failureFrom(position).code()).isEqualTo("CAPTURE-LOG-LOST");
    }

    @Test
    void shouldHaltWhenAFileOfTheSameNameIsAnotherOne() throws Exception {
        Position position = withLog(captureOne(), "created", 17);
        ErrorInfo error = failureFrom(position);
        assertThat(error.code()).isEqualTo("CAPTURE-LOG-LOST");
        assertThat(error.message()).contains("the log was reset");
    }

    @Test
    void shouldHaltAtAPositionThatIsNone() throws Exception {
        assertThat(failureFrom(Position.of("key", 1)).code()).isEqualTo("CAPTURE-POSITION");
    }

    @Test
    void shouldHaltAtRowsThatWereLoggedAsAStatement() throws Exception {
        Position position = captureOne();
        database.execute("SET SESSION binlog_format=STATEMENT", "INSERT INTO orders VALUES (3,'c')");
        ErrorInfo error = failureFrom(position);
        assertThat(error.code()).isEqualTo("MYSQL-EVENT-REFUSED");
        assertThat(error.message()).contains("INSERT");
    }

    @Test
    void shouldHaltAtRowsThatWereLoggedInPart() throws Exception {
        Position position = captureOne();
        database.execute("SET SESSION binlog_row_image=MINIMAL", "UPDATE orders SET name='x' WHERE id=1");
        assertThat(failureFrom(position).message()).contains("without all of its columns");
    }

    @Test
    void shouldHaltWhenTheTableIsDropped() throws Exception {
        Position position = captureOne();
        database.execute("DROP TABLE orders");
        database.execute("CREATE TABLE orders (id int PRIMARY KEY, name varchar(50))");
        assertThat(failureFrom(position).message()).contains("was dropped");
    }

    @Test
    void shouldGoOnWithTheTablesThatAreLeftWhenItIsStartedAgain() throws Exception {
        // given
        options = CaptureTestOptions.of(database, "*");
        database.execute("CREATE TABLE items (id int PRIMARY KEY)");
        Position position = captureOne();
        database.execute("DROP TABLE orders", "INSERT INTO items VALUES (7)");
        assertThat(failureFrom(position).message()).contains("was dropped");

        // when
        try (CapturedRows captured = new CapturedRows(options, Optional.of(position))) {
            // then
            assertThat(captured.await(1)).singleElement().satisfies(row -> assertThat(row.values())
                    .containsEntry("id", "7"));
        }
    }

    @Test
    void shouldHaltWhenColumnsChangeUnlessToldToGoOn() throws Exception {
        Position position = captureOne();
        database.execute("ALTER TABLE orders ADD COLUMN city varchar(20)");
        database.execute("INSERT INTO orders VALUES (2,'b','Rome')");
        ErrorInfo error = failureFrom(position);
        assertThat(error.code()).isEqualTo("CAPTURE-SCHEMA");
        assertThat(error.message()).contains("city");
    }

    @Test
    void shouldNameEverythingTheServerLacksBeforeAnythingStarts() {
        database.execute("SET GLOBAL binlog_format=MIXED");
        database.execute("SET GLOBAL binlog_row_image=MINIMAL");
        long kept = database.number("SELECT @@GLOBAL.binlog_expire_logs_seconds");
        database.execute("SET GLOBAL binlog_expire_logs_seconds=60");
        try {
            assertThatThrownBy(() -> CapturedRows.source(options).discover())
                    .hasMessageContaining("CAPTURE-NOT-READY")
                    .hasMessageContaining("binlog_format is MIXED")
                    .hasMessageContaining("binlog_row_image is MINIMAL")
                    .hasMessageContaining("binary logs are kept for 60 s only");
        } finally {
            database.execute("SET GLOBAL binlog_format=ROW");
            database.execute("SET GLOBAL binlog_row_image=FULL");
            database.execute("SET GLOBAL binlog_expire_logs_seconds=" + kept);
        }
    }

    @Test
    void shouldSayWhichPrivilegesAreMissing() {
        database.execute("DROP USER IF EXISTS reader@'%'", "CREATE USER reader@'%' IDENTIFIED BY 'reader'");
        database.execute("GRANT SELECT ON *.* TO reader@'%'");
        Map<String, Object> reader =
                CaptureTestOptions.with(CaptureTestOptions.with(options, "username", "reader"), "password", "reader");
        assertThatThrownBy(() -> CapturedRows.source(reader).discover())
                .hasMessageContaining("the user may not read the log")
                .hasMessageContaining("the user may not ask where the log ends");
    }

    /** A user whose password the server has not seen since it was set. */
    @Test
    @Tag("mysql")
    void shouldSayHowToConnectToAUserOfMySqlWithoutEncryption() throws Exception {
        database.execute(
                "DROP USER IF EXISTS fresh@'%'",
                "CREATE USER fresh@'%' IDENTIFIED WITH caching_sha2_password BY 'fresh'",
                "GRANT SELECT, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO fresh@'%'");
        String plain = database.url().substring(0, database.url().indexOf('?'));
        Map<String, Object> fresh = new LinkedHashMap<>(options);
        fresh.putAll(Map.of("username", "fresh", "password", "fresh", "url", plain));
        ErrorInfo error = discoverFailure(fresh);
        assertThat(error.code()).isEqualTo("MYSQL-ACCESS-DENIED");
        assertThat(error.suggestion()).contains("sslMode", "allowPublicKeyRetrieval=true");

        try (CapturedRows captured =
                new CapturedRows(CaptureTestOptions.with(fresh, "url", plain + "?sslMode=trust"), Optional.empty())) {
            assertThat(captured.await(1)).hasSize(1);
            database.execute("INSERT INTO orders VALUES (2,'b')");
            assertThat(captured.await(2)).hasSize(2);
        }
    }

    @Test
    void shouldRefuseTablesWithoutAKeyTypesItCannotReadAndTablesThatAreNotThere() {
        database.execute("CREATE TABLE plain (v int)");
        database.execute("CREATE TABLE places (id int PRIMARY KEY, p point)");
        assertThat(discoverFailure(CaptureTestOptions.of(database, "plain")).code())
                .isEqualTo("CAPTURE-NO-KEY");
        assertThat(discoverFailure(CaptureTestOptions.of(database, "places")).message())
                .contains("places.p")
                .contains("point");
        assertThat(discoverFailure(CaptureTestOptions.of(database, "nothing*")).code())
                .isEqualTo("JDBC-NO-TABLE");
    }

    private static ErrorInfo discoverFailure(Map<String, Object> options) {
        try {
            CapturedRows.source(options).discover();
        } catch (ConnectorException e) {
            return e.error();
        }
        throw new AssertionError("discovered " + options);
    }

    @Test
    void shouldLoseTheConnectionAndGoOnWhenTheServerRestarts() throws Exception {
        Position position;
        EmbeddedMySqlServer server = EmbeddedMySqlServer.shared();
        try (CapturedRows captured = new CapturedRows(options, Optional.empty())) {
            captured.await(1);
            server.kill();
            assertThat(captured.awaitFailure().error().category()).isEqualTo(Category.CONNECTION);
            position = BinlogChangesIT.json(captured.position());
        } finally {
            server.restart();
        }
        database.execute("INSERT INTO orders VALUES (2,'b')");
        try (CapturedRows captured = new CapturedRows(options, Optional.of(position))) {
            assertThat(captured.await(1)).singleElement().satisfies(row -> assertThat(row.values())
                    .containsEntry("id", "2"));
        }
    }

    private static Position withLog(Position position, String name, Object value) {
        Map<String, Object> log = BinlogChangesIT.log(position);
        log.put(name, value);
        Map<String, Object> values = new LinkedHashMap<>(position.values());
        values.put("log", log);
        return new Position(values);
    }
}
