package io.streamforge.benchmarks;

import io.streamforge.testing.EmbeddedMySqlServer;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.MySqlDatabase;
import io.streamforge.testing.PostgresDatabase;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * MariaDB → Kafka → PostgreSQL at a thousand commits a second: how long from the end of a commit at the source until a reader of the
 * target sees it. Arguments: path of the {@code streamforge} command, seconds (30).
 */
public final class ChangeLatency {

    private static final int PER_SECOND = 1_000;
    private static final int WARM_UP_SECONDS = 20;
    private static final long POLL_NANOS = 1_000_000;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final MySqlDatabase source = EmbeddedMySqlServer.shared().newDatabase();
    private final PostgresDatabase target = EmbeddedPostgresServer.shared().newDatabase();
    private final int changes;
    private final AtomicLongArray committed;
    private final AtomicLongArray seen;

    private ChangeLatency(int seconds) {
        changes = (WARM_UP_SECONDS + seconds) * PER_SECOND;
        committed = new AtomicLongArray(changes + 1);
        seen = new AtomicLongArray(changes + 1);
    }

    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 30;
        try (ServerProcess server = new ServerProcess(args[0])) {
            new ChangeLatency(seconds).measure(server);
        }
    }

    private void measure(ServerProcess server) throws IOException, InterruptedException, SQLException {
        source.execute("CREATE TABLE changes (id BIGINT PRIMARY KEY, note VARCHAR(100) NOT NULL)");
        source.execute("INSERT INTO changes VALUES (0, 'first')");
        server.post("""
                name: change-latency
                mode: streaming
                source:
                  connector: mysql
                  options: {url: "%s", username: %s, password: %s, tables: [%s.changes]}
                sinks:
                  - connector: postgresql
                    options: {url: "%s", username: %s, password: %s, table: changes, mode: upsert}
                """.formatted(
                        source.url(),
                        source.username(),
                        source.password(),
                        source.name(),
                        target.url(),
                        target.username(),
                        target.password()));
        awaitFirst();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(this::write);
        look();
        writing.join();
        report();
    }

    private void awaitFirst() {
        while (target.query("SELECT to_regclass('changes')").get(0).get(0) == null
                || target.number("SELECT count(*) FROM changes") == 0) {
            LockSupport.parkNanos(100 * POLL_NANOS);
        }
    }

    private void write() {
        try (Connection connection = source.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO changes VALUES (?, 'some text')")) {
            long begin = System.nanoTime();
            for (int id = 1; id <= changes; id++) {
                long due = begin + id * (1_000_000_000L / PER_SECOND);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                insert.setLong(1, id);
                insert.executeUpdate();
                committed.set(id, System.nanoTime());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the source refuses a change", e);
        }
    }

    /** Changes arrive in their order, so that the highest tells of all below it. */
    private void look() throws SQLException {
        try (Connection connection = target.connect();
                PreparedStatement highest = connection.prepareStatement("SELECT max(id) FROM changes")) {
            int last = 0;
            while (last < changes) {
                try (ResultSet row = highest.executeQuery()) {
                    row.next();
                    long now = System.nanoTime();
                    for (int found = row.getInt(1); last < found; ) {
                        seen.set(++last, now);
                    }
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private void report() {
        int first = WARM_UP_SECONDS * PER_SECOND;
        double[] millis = new double[changes - first];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = (seen.get(first + i + 1) - committed.get(first + i + 1)) / 1e6;
        }
        Arrays.sort(millis);
        double seconds = (committed.get(changes) - committed.get(first + 1)) / 1e9;
        out.printf(
                Locale.ROOT,
                "%d changes, %.0f/s: commit to visible median %.0f ms, p99 %.0f ms, longest %.0f ms%n",
                millis.length,
                millis.length / seconds,
                millis[millis.length / 2],
                millis[millis.length * 99 / 100],
                millis[millis.length - 1]);
    }
}
