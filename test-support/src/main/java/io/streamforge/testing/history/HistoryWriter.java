package io.streamforge.testing.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Writes a mixed load: inserts, updates, deletes and key changes over two tables, one to six of them in a transaction, and one row per
 * transaction in a third. Several threads write at the same time, each to keys of its own, so that commits overlap and rows are never
 * fought for. The SQL is plain enough for PostgreSQL and MySQL.
 */
public final class HistoryWriter implements AutoCloseable {

    /** The tables of rows. */
    public static final List<String> TABLES = List.of("history_a", "history_b");

    /** The table with one row per transaction. */
    public static final String COMMITS = "history_commits";

    private static final int KEYS = 200;
    private static final long KEY_SPACE = 1_000_000;
    private static final int OLD_KEY_SPACES = 4;
    private static final int MOST_CHANGES = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration BEFORE_RETRY = Duration.ofMillis(100);

    private final Supplier<Connection> connections;
    private final AtomicLong commits = new AtomicLong();
    private final List<CompletableFuture<Void>> threads = new ArrayList<>();
    private volatile boolean stopping;

    /** @param connections to the source, each used and closed by one thread */
    public HistoryWriter(Supplier<Connection> connections) {
        this.connections = connections;
    }

    /** The statements that create the tables. */
    public static String[] create() {
        String columns =
                "(id BIGINT NOT NULL PRIMARY KEY, commit_id BIGINT NOT NULL, note VARCHAR(200), sum BIGINT NOT NULL)";
        return new String[] {
            "CREATE TABLE history_a " + columns,
            "CREATE TABLE history_b " + columns,
            "CREATE TABLE history_commits (commit_id BIGINT NOT NULL PRIMARY KEY, changes INT NOT NULL)"
        };
    }

    /** Writes the rows that the first table has before the load begins, many of which it will change. */
    public static void writeOldRows(Supplier<Connection> connections, int count) {
        String sql = "INSERT INTO " + TABLES.get(0) + " (commit_id, note, sum, id) VALUES (?, ?, ?, ?)";
        try (Connection connection = connections.get()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < count; i++) {
                row(connection, sql, i % OLD_KEY_SPACES * KEY_SPACE + i / OLD_KEY_SPACES, 0, "old");
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("the source refuses rows", e);
        }
    }

    /** Begins to write with as many threads, as fast as the source takes it. */
    public HistoryWriter start(int count, long seed) {
        return start(count, seed, Duration.ZERO);
    }

    /**
     * Begins to write with as many threads. A source that is away for a while is waited for.
     *
     * @param pause of each thread between two transactions
     */
    public HistoryWriter start(int count, long seed, Duration pause) {
        for (int i = 0; i < count; i++) {
            int thread = i;
            threads.add(CompletableFuture.runAsync(
                    () -> new Load(thread, new Random(seed + thread), pause).write(),
                    task -> new Thread(task, "history-" + thread).start()));
        }
        return this;
    }

    /** Transactions committed so far. */
    public long commits() {
        return commits.get();
    }

    /** Lets every thread finish its transaction. */
    public void stop() {
        stopping = true;
        threads.forEach(CompletableFuture::join);
    }

    @Override
    public void close() {
        stop();
    }

    /** What one thread writes. */
    private final class Load {

        private final long firstCommit;
        private final long firstKey;
        private final Random random;
        private final Duration pause;
        private long next = 1;
        private long awaySince;

        Load(int thread, Random random, Duration pause) {
            firstCommit = thread * 1_000_000_000L;
            firstKey = thread * KEY_SPACE;
            this.random = random;
            this.pause = pause;
        }

        void write() {
            while (!stopping) {
                try (Connection connection = connections.get()) {
                    connection.setAutoCommit(false);
                    skipCommitted(connection);
                    writeOn(connection);
                } catch (SQLException | IllegalStateException e) {
                    requirePatience(e);
                }
            }
        }

        /** A commit whose answer was lost is there all the same. */
        private void skipCommitted(Connection connection) throws SQLException {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT count(*) FROM " + COMMITS + " WHERE commit_id = ?")) {
                statement.setLong(1, firstCommit + next);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    next += row.getLong(1);
                }
            }
            connection.commit();
            awaySince = 0;
        }

        private void writeOn(Connection connection) throws SQLException {
            while (!stopping) {
                transaction(connection, random, firstCommit + next, firstKey);
                connection.commit();
                next++;
                commits.incrementAndGet();
                LockSupport.parkNanos(pause.toNanos());
            }
        }

        private void requirePatience(Exception cause) {
            long now = System.nanoTime();
            awaySince = awaySince == 0 ? now : awaySince;
            if (now - awaySince > PATIENCE.toNanos()) {
                throw new IllegalStateException("the source refuses the load", cause);
            }
            LockSupport.parkNanos(BEFORE_RETRY.toNanos());
        }
    }

    private static void transaction(Connection connection, Random random, long commit, long firstKey)
            throws SQLException {
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            String table = TABLES.get(random.nextInt(TABLES.size()));
            long key = firstKey + random.nextInt(KEYS);
            switch (random.nextInt(6)) {
                case 0 -> execute(connection, "DELETE FROM " + table + " WHERE id = " + key);
                case 1 -> move(connection, table, key, firstKey + random.nextInt(KEYS), commit);
                default -> put(connection, table, key, commit, random.nextLong());
            }
        }
        execute(connection, "INSERT INTO history_commits VALUES (" + commit + ", " + changes + ")");
    }

    private static void put(Connection connection, String table, long key, long commit, long noise)
            throws SQLException {
        String note = Long.toHexString(noise);
        String update = "UPDATE " + table + " SET commit_id = ?, note = ?, sum = ? WHERE id = ?";
        if (row(connection, update, key, commit, note) == 0) {
            row(
                    connection,
                    "INSERT INTO " + table + " (commit_id, note, sum, id) VALUES (?, ?, ?, ?)",
                    key,
                    commit,
                    note);
        }
    }

    private static int row(Connection connection, String sql, long key, long commit, String note) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, commit);
            statement.setString(2, note);
            statement.setLong(3, HistoryRow.sum(key, commit, note));
            statement.setLong(4, key);
            return statement.executeUpdate();
        }
    }

    /** Gives a row another key, where that one is free. */
    private static void move(Connection connection, String table, long from, long to, long commit) throws SQLException {
        execute(connection, "DELETE FROM " + table + " WHERE id = " + to);
        String sql = "UPDATE " + table + " SET id = ?, commit_id = ?, note = ?, sum = ? WHERE id = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, to);
            statement.setLong(2, commit);
            statement.setString(3, "moved");
            statement.setLong(4, HistoryRow.sum(to, commit, "moved"));
            statement.setLong(5, from);
            statement.executeUpdate();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
