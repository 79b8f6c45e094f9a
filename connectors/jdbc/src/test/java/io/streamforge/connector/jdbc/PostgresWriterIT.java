package io.streamforge.connector.jdbc;

import static io.streamforge.testing.SinkContract.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.SinkWriter.Progress;
import io.streamforge.connector.WriteResult;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import io.streamforge.testing.Records;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PostgresWriterIT {

    private final PostgresTarget target =
            new PostgresTarget(EmbeddedPostgresServer.shared().newDatabase());
    private final PostgresDatabase database = target.database();
    private final Map<String, Object> options = target.options();

    @Test
    void shouldTakeOverFromAWriterThatHangsInItsTransaction() throws Exception {
        // given
        try (SinkWriter hanging = run().open(ORDERS)) {
            hanging.restore();
            hanging.write(batch(0, 1));
            try (Connection lock = lockTarget()) {
                CompletableFuture<ErrorInfo> hangingWrite =
                        CompletableFuture.supplyAsync(() -> failure(() -> hanging.write(batch(1, 1))));
                awaitWaiting(1);

                // when
                try (SinkWriter newer = run().open(ORDERS)) {
                    assertThat(newer.restore()).hasValue(Map.of(0, new Progress(1, 1, 0)));
                    lock.rollback();
                    newer.write(batch(1, 1));
                }

                // then
                assertThat(hangingWrite.get(30, TimeUnit.SECONDS).category()).isEqualTo(Category.CONNECTION);
            }
            assertThat(failure(() -> hanging.write(batch(1, 1))).code()).isEqualTo(ConnectorException.SUPERSEDED);
        }
        assertThat(database.number("SELECT count(*) FROM target")).isEqualTo(2);
    }

    @Test
    void shouldEndABlockedWriteWhenItIsClosed() throws Exception {
        SinkWriter writer = run().open(ORDERS);
        writer.restore();
        writer.write(batch(0, 1));
        try (Connection lock = lockTarget()) {
            CompletableFuture<ErrorInfo> write =
                    CompletableFuture.supplyAsync(() -> failure(() -> writer.write(batch(1, 1))));
            awaitWaiting(1);

            writer.close();

            assertThat(write.get(30, TimeUnit.SECONDS).code()).isEqualTo("JDBC-CLOSED");
            lock.rollback();
        }
    }

    @Test
    void shouldGoOnWithANewConnectionWhenTheOldOneIsLost() throws ConnectorException {
        for (String mode : List.of("insert", "upsert")) {
            database.execute("DROP TABLE IF EXISTS target", "DROP TABLE IF EXISTS streamforge_offsets");
            options.put("mode", mode);
            try (SinkWriter writer = run().open(ORDERS)) {
                // given
                writer.restore();
                writer.write(batch(0, 10));
                database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
                        + "'streamforge/wf-test-20240801-a1b2c3/sink'");

                // when
                ErrorInfo error = failure(() -> writer.write(batch(10, 10)));
                writer.write(batch(10, 10));

                // then
                assertThat(error.category()).isEqualTo(Category.CONNECTION);
                assertThat(error.code()).isEqualTo("JDBC-CONNECTION-LOST");
            }
            assertThat(database.number("SELECT count(*) FROM target")).isEqualTo(20);
        }
    }

    @Test
    void shouldNotRepeatABatchWhoseCommitWasNotAnswered() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(database.port())) {
            // given
            database.execute(
                    "CREATE TABLE target (id bigint, customer text NOT NULL CHECK (customer <> ''), amount numeric(12,2))");
            String inFullText = "?prepareThreshold=0";
            options.put("url", "jdbc:postgresql://localhost:" + proxy.port() + "/" + database.name() + inFullText);
            try (SinkWriter writer = run().open(ORDERS)) {
                writer.restore();
                writer.write(batch(0, 10));
                SinkBatch batch = Records.of(ORDERS, 0, 10)
                        .put(10L, "x", null)
                        .put(11L, "", null)
                        .batch();

                // when
                proxy.cutAnswerTo("COMMIT");
                ErrorInfo error = failure(() -> writer.write(batch));
                WriteResult again = writer.write(batch);
                writer.write(batch(12, 1));

                // then
                assertThat(error.category()).isEqualTo(Category.CONNECTION);
                assertThat(again.rejected()).singleElement().satisfies(rejection -> assertThat(rejection.row())
                        .isEqualTo(1));
            }
        }
        assertThat(database.number("SELECT count(*) FROM target")).isEqualTo(12);
    }

    @Test
    void shouldRefuseABatchThatDoesNotBeginWhereTheTargetIs() throws ConnectorException {
        try (SinkWriter writer = run().open(ORDERS)) {
            writer.restore();
            writer.write(batch(0, 10));

            ErrorInfo error = failure(() -> writer.write(batch(11, 1)));

            assertThat(error.code()).isEqualTo("JDBC-OFFSET");
            assertThat(error.message()).contains("offset 10", "begins at 11");
        }
    }

    @Test
    void shouldCreateTheTargetOnceWhenManyOpenAtOnce() throws Exception {
        List<CompletableFuture<Boolean>> openings = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try (SinkWriter writer = run().open(ORDERS)) {
                        return writer.restore().isPresent();
                    } catch (ConnectorException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();

        for (CompletableFuture<Boolean> opening : openings) {
            assertThat(opening.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void shouldForgetTheOffsetsOfRunsCompletedLongAgo() throws ConnectorException {
        // given
        try (SinkWriter writer = run().open(ORDERS)) {
            writer.restore();
            writer.write(batch(0, 1));
            writer.complete();
        }
        assertThat(database.number("SELECT count(*) FROM streamforge_offsets WHERE completed_at IS NOT NULL"))
                .isEqualTo(1);
        database.execute(
                "INSERT INTO streamforge_offsets SELECT topic || '-old', \"partition\", vertex, epoch, next, written, "
                        + "rejected, owner, updated_at, now() - interval '8 days' FROM streamforge_offsets");

        // when
        try (SinkWriter writer = run().open(ORDERS)) {
            writer.restore();
        }

        // then
        assertThat(database.query("SELECT topic FROM streamforge_offsets")).containsExactly(List.of("wf-test-data"));
    }

    @Test
    void shouldTellConnectionErrorsApartAndNeverShowThePassword() throws Exception {
        // given
        String user = "locked_" + database.name();
        String secret = "s3cr3t-Pa55";
        EmbeddedPostgresServer own = EmbeddedPostgresServer.shared();
        database.execute("CREATE ROLE " + user + " LOGIN PASSWORD 'other' CONNECTION LIMIT 0");
        options.put("password", secret);

        // then
        assertThat(openError("url", "jdbc:postgresql://localhost:" + freePort() + "/db")
                        .code())
                .isEqualTo("JDBC-CONNECTION-REFUSED");
        assertThat(openError("url", "jdbc:postgresql://no.such.host.invalid/db").code())
                .isEqualTo("JDBC-UNKNOWN-HOST");
        assertThat(openError("url", "jdbc:postgresql://localhost:" + own.port() + "/nowhere?password=" + secret)
                        .code())
                .isEqualTo("JDBC-NO-DATABASE");
        options.put("url", database.url());
        assertThat(openError("username", "nobody").code()).isEqualTo("JDBC-AUTHENTICATION");
        assertThat(openError("username", user).code()).isEqualTo("JDBC-TOO-MANY-CONNECTIONS");
        database.execute("DROP ROLE " + user);
        options.put("username", "postgres");
        assertThat(openError("table", "nowhere.orders").code()).isEqualTo("JDBC-NO-SCHEMA");
    }

    @Test
    void shouldSayWhenTheDatabaseTurnsReadOnlyOrTheTableChanges() throws ConnectorException {
        try (SinkWriter writer = run().open(ORDERS)) {
            writer.restore();
            writer.write(batch(0, 1));
            database.execute("ALTER TABLE target RENAME customer TO client");
            assertThat(failure(() -> writer.write(batch(1, 1))).code()).isEqualTo("JDBC-TABLE-CHANGED");
            database.execute("DROP TABLE target");
            assertThat(failure(() -> writer.write(batch(1, 1))).code()).isEqualTo("JDBC-NO-TABLE");
        }
        database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");
        assertThat(openError("table", "other").code()).isEqualTo("JDBC-READ-ONLY");
    }

    private ErrorInfo openError(String option, String value) {
        options.put(option, value);
        ErrorInfo error = failure(() -> run().open(ORDERS).close());
        assertThat(error.message())
                .describedAs(error.code())
                .doesNotContain("s3cr3t")
                .doesNotContain("\n");
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
        return new SinkRun(new PostgresConnector(), options);
    }

    private static SinkBatch batch(long first, int size) {
        Records records = Records.of(ORDERS, 0, first);
        for (long id = first; id < first + size; id++) {
            records.put(id, "customer", null);
        }
        return records.batch();
    }

    private Connection lockTarget() throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE target");
        }
        return connection;
    }

    private void awaitWaiting(int backends) {
        Awaitility.await()
                .until(() -> database.number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                                + "AND datname = current_database()")
                        == backends);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
