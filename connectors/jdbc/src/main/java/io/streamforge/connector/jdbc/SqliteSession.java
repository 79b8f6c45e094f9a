package io.streamforge.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConnection;

/** A connection whose transactions wait for other writers with patience, but no longer than until it is closed. */
final class SqliteSession {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteSession.class);

    private final Connection connection;
    private final Duration patience;
    private boolean open;
    private volatile boolean closed;

    SqliteSession(Connection connection, Duration patience) {
        this.connection = connection;
        this.patience = patience;
    }

    Connection connection() {
        return connection;
    }

    boolean closed() {
        return closed;
    }

    /** From now on nothing new begins. */
    void shut() {
        closed = true;
    }

    void requireOpen() throws SQLException {
        if (closed) {
            throw new SQLException("closed");
        }
    }

    /** Takes the file's write lock. */
    void begin() throws SQLException {
        requireOpen();
        patiently("BEGIN IMMEDIATE");
        open = true;
    }

    /** Waits for readers of a file without a write-ahead log. */
    void commit() throws SQLException {
        patiently("COMMIT");
        open = false;
    }

    void rollback() {
        if (!open) {
            return;
        }
        open = false;
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("transaction had ended already");
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Cuts off the statement that another thread executes. */
    void interrupt() {
        try {
            connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("nothing to interrupt");
        }
    }

    void close(List<SqliteStatements> statements) {
        try (connection) {
            for (SqliteStatements each : statements) {
                each.close();
            }
            rollback();
            // A statement takes back an interrupt; with it, closing would leave the write-ahead log behind.
            execute("SELECT 1");
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("connection could not be closed");
        }
    }

    private void patiently(String sql) throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                execute(sql);
                return;
            } catch (SQLException e) {
                if (closed || !SqliteErrors.busy(e) || System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }
}
