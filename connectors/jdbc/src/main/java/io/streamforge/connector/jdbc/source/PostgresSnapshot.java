package io.streamforge.connector.jdbc.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One moment for all splits of a source: the first that joins exports its snapshot from a transaction that stays open, the others
 * import it. When that transaction has been lost, the next to join chooses a new moment.
 */
final class PostgresSnapshot implements ReadDialect.Snapshot {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSnapshot.class);
    private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";

    private final PostgresReads reads;

    /** Keeps the snapshot alive. */
    private @Nullable Connection keeper;

    private String id = "";
    private boolean closed;

    PostgresSnapshot(PostgresReads reads) {
        this.reads = reads;
    }

    @Override
    public synchronized String join(Connection connection) throws SQLException {
        if (closed) {
            throw new SQLException("the source is closed", "08003");
        }
        if (keeper == null || !alive(keeper)) {
            close(keeper);
            Connection fresh = reads.connect("streamforge/snapshot");
            keeper = fresh;
            begin(fresh);
            id = text(fresh, "SELECT pg_export_snapshot()");
        }
        begin(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION SNAPSHOT '" + id + "'");
        }
        return id;
    }

    @Override
    public synchronized void close() {
        closed = true;
        close(keeper);
        keeper = null;
    }

    private static void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(BEGIN);
        }
    }

    private static boolean alive(Connection connection) {
        try {
            return !text(connection, "SELECT 1").isEmpty();
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("snapshot is lost");
            return false;
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void close(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.atDebug().setCause(e).log("connection could not be closed");
            }
        }
    }
}
