package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testing.EmbeddedMySqlServer;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.MySqlDatabase;
import io.streamforge.testing.PostgresDatabase;
import io.streamforge.testing.TcpProxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources of one installation, each a workflow of its own: what befalls one does not reach the others. */
class SeveralSourcesIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int ROWS = 80;
    private static final int MUCH_LATER = 1_000;
    private static final Duration PAUSE = Duration.ofMillis(25);
    /** A flood takes its share of the processors, but nobody waits for it. */
    private static final long MOST_MILLIS = 1_000;

    private static final long FLOOD = 10_000;
    private static final long MOST_FLOOD = 300_000;

    private final EmbeddedMySqlServer server = EmbeddedMySqlServer.shared();
    private final MySqlDatabase steady = server.newDatabase();
    private final MySqlDatabase failing = server.newDatabase();
    private final MySqlDatabase slow = server.newDatabase();
    private final MySqlDatabase flooding = server.newDatabase();
    private final PostgresDatabase target = EmbeddedPostgresServer.shared().newDatabase();

    @TempDir
    Path directory;

    @BeforeEach
    void create() {
        for (MySqlDatabase source : List.of(steady, failing, slow, flooding)) {
            source.execute(
                    "CREATE TABLE orders (id BIGINT PRIMARY KEY, sent BIGINT NOT NULL)",
                    "INSERT INTO orders VALUES (0, 0)");
        }
        target.execute("CREATE TABLE steady_orders (id bigint PRIMARY KEY, sent bigint NOT NULL, "
                + "arrived timestamptz NOT NULL DEFAULT clock_timestamp())");
    }

    @Test
    void shouldNotLetAFailingASlowAndAFloodingSourceReachTheOthers() throws Exception {
        try (TestServer installation = TestServer.start(directory, Map.of(), "--launcher", "process");
                TcpProxy network = new TcpProxy(server.port());
                Connection blocker = target.connect()) {
            // given
            List<String> queueIds = List.of(
                    installation.post(workflow("steady", steady, server.port())),
                    installation.post(workflow("failing", failing, network.port())),
                    installation.post(workflow("slow", slow, server.port())),
                    installation.post(workflow("flooding", flooding, server.port())));
            for (String name : List.of("steady", "failing", "slow", "flooding")) {
                awaitRows(installation, name, 1);
            }
            long alone = median(installation, 1);

            // when
            network.cut();
            lock(blocker, "slow_orders");
            slow.execute("INSERT INTO orders VALUES (1, 1)");
            AtomicLong flooded = new AtomicLong();
            ScheduledExecutorService flood = Executors.newSingleThreadScheduledExecutor();
            flood.scheduleWithFixedDelay(() -> flood(flooded), 0, 1, TimeUnit.MILLISECONDS);
            long besides = median(installation, MUCH_LATER);
            end(flood);

            // then
            assertThat(besides)
                    .as("ms from commit to target, %s when alone", alone)
                    .isLessThan(Math.max(MOST_MILLIS, 5 * alone));

            // when
            blocker.rollback();
            network.restore();
            failing.execute("INSERT INTO orders VALUES (1, 1)");

            // then
            awaitRows(installation, "slow", 2);
            awaitRows(installation, "failing", 2);
            awaitRows(installation, "flooding", flooded.get() + 1);
            queueIds.forEach(queueId -> stop(installation, queueId));
        }
    }

    private static void stop(TestServer installation, String queueId) {
        installation.api().post("/api/v1/runs/" + queueId + "/stop");
        Awaitility.await().atMost(LIMIT).until(() -> TestServer.workers(queueId).isEmpty());
    }

    /** Rows at an even pace; the median of the milliseconds that they took to the target, where all of them have to arrive. */
    private long median(TestServer installation, int from) throws Exception {
        AtomicInteger next = new AtomicInteger(from);
        ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
        try (Connection connection = steady.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO orders VALUES (?, ?)")) {
            ScheduledFuture<?> writing = pace.scheduleAtFixedRate(
                    () -> insert(insert, next.getAndIncrement()), 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            Awaitility.await()
                    .atMost(LIMIT)
                    .pollInterval(PAUSE)
                    .until(() -> writing.isDone() || next.get() >= from + ROWS);
            writing.cancel(false);
        } finally {
            end(pace);
        }
        String written = "SELECT count(*) FROM orders";
        awaitRows(installation, "steady", steady.number(written));
        return target.number(
                "SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM arrived) * 1000 - sent)"
                        + "::bigint FROM steady_orders WHERE id >= " + from);
    }

    private static void end(ExecutorService threads) throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    private static void insert(PreparedStatement insert, int id) {
        try {
            insert.setLong(1, id);
            insert.setLong(2, System.currentTimeMillis());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot write to the source", e);
        }
    }

    /** Transactions of many rows, one right after the other. */
    private void flood(AtomicLong written) {
        String digit = "(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 "
                + "UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
        String numbers = "SELECT a.d + 10 * b.d + 100 * c.d + 1000 * d.d + %2$d, 0 FROM %1$s a, %1$s b, %1$s c, %1$s d";
        long from = written.get() + 1;
        if (from < MOST_FLOOD) {
            flooding.execute("INSERT INTO orders " + numbers.formatted(digit, from));
            written.addAndGet(FLOOD);
        }
    }

    private static void lock(Connection blocker, String table) throws SQLException {
        blocker.setAutoCommit(false);
        try (Statement statement = blocker.createStatement()) {
            statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
        }
    }

    private void awaitRows(TestServer installation, String workflow, long rows) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .untilAsserted(() -> assertThat(target.number("SELECT count(*) FROM " + workflow + "_orders"))
                        .as(installation.process().output())
                        .isGreaterThanOrEqualTo(rows));
    }

    private String workflow(String name, MySqlDatabase source, int port) {
        return """
                name: %1$s
                mode: streaming
                source:
                  connector: mysql
                  options: {url: "%2$s", username: %3$s, password: %4$s, tables: ["%5$s.orders"]}
                sinks:
                  - connector: postgresql
                    options: {url: "%6$s", username: %7$s, password: "%8$s", table: %1$s_orders, mode: upsert}
                restart: {strategy: fixed-delay, delay: 1s, max_attempts: 60}
                """.formatted(
                        name,
                        source.url().replace(":" + server.port() + "/", ":" + port + "/"),
                        source.username(),
                        source.password(),
                        source.name(),
                        target.url(),
                        target.username(),
                        target.password());
    }
}
