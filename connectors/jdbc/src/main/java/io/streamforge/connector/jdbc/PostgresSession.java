package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkWriter.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A writer's connection with what is prepared on it; never in auto-commit mode. */
final class PostgresSession {

    private static final String WEEK_AGO = "now() - interval '7 days'";
    private static final String TAKE_OVER_PATIENCE = "SET LOCAL lock_timeout = '2s'";

    private final Connection connection;
    private final Load load;
    private final String application;

    PostgresSession(Connection connection, Load load, String application) throws SQLException {
        this.connection = connection;
        this.load = load;
        this.application = application;
        connection.setAutoCommit(false);
        load.prepare();
        connection.commit();
    }

    Connection connection() {
        return connection;
    }

    Load load() {
        return load;
    }

    /**
     * Takes the partitions. An older writer that holds them in an open transaction is given a moment, then its connection is
     * ended: it may hang, or be cut off from us but not from the server.
     */
    Map<Integer, Progress> claim(Offsets offsets) throws SQLException {
        try {
            return claimOnce(offsets);
        } catch (SQLException e) {
            if (!PostgresErrors.state(e).equals(PostgresErrors.LOCK_NOT_AVAILABLE)) {
                throw e;
            }
            connection.rollback();
            offsets.endOwners(connection, application);
            connection.commit();
            return claimOnce(offsets);
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    private Map<Integer, Progress> claimOnce(Offsets offsets) throws SQLException {
        execute(TAKE_OVER_PATIENCE);
        Map<Integer, Progress> known = offsets.claim(connection);
        connection.commit();
        execute(offsets.purge(WEEK_AGO));
        connection.commit();
        return known;
    }
}
