package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkWriter.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** A writer's connection with what is prepared on it; never in auto-commit mode. */
final class Session {

    private final Server server;
    private final Connection connection;
    private final Load load;

    Session(Server server, Connection connection) throws SQLException {
        this.server = server;
        this.connection = connection;
        load = server.load(connection);
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
            if (!server.errors().lockTimeout(e)) {
                throw e;
            }
            connection.rollback();
            server.endOwners(connection, offsets);
            connection.commit();
            return claimOnce(offsets);
        }
    }

    void checkConstraints() throws SQLException {
        server.checkConstraints(connection);
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    private Map<Integer, Progress> claimOnce(Offsets offsets) throws SQLException {
        server.limitPatience(connection);
        Map<Integer, Progress> known = offsets.claim(connection);
        connection.commit();
        server.restorePatience(connection);
        offsets.purge(connection);
        connection.commit();
        return known;
    }
}
