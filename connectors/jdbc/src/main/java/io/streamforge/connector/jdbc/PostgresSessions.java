package io.streamforge.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A writer's one session: opened when needed, again after the connection was lost, closed from any thread. */
final class PostgresSessions {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSessions.class);

    private final PostgresConnections connections;
    private final String application;
    private final Function<Connection, Load> loads;

    /** Held in a field: the driver closes a connection whose object nobody reaches any more, even while it copies. */
    private volatile @Nullable Connection connection;

    private @Nullable PostgresSession session;
    private volatile boolean closed;

    PostgresSessions(PostgresConnections connections, String application, Function<Connection, Load> loads) {
        this.connections = connections;
        this.application = application;
        this.loads = loads;
    }

    boolean closed() {
        return closed;
    }

    PostgresSession get() throws SQLException {
        PostgresSession current = session;
        if (current == null) {
            current = open();
            session = current;
        }
        return current;
    }

    /** Leaves the transaction; a connection that cannot even do that is given up. */
    void rollBack() {
        PostgresSession current = session;
        if (current == null) {
            return;
        }
        try {
            current.rollback();
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("rollback failed, connection is given up");
            discard();
        }
    }

    void discard() {
        session = null;
        abort(connection);
        connection = null;
    }

    void close() {
        closed = true;
        abort(connection);
    }

    private PostgresSession open() throws SQLException {
        Connection opened = connections.connect(application);
        connection = opened;
        if (closed) {
            abort(opened);
        }
        try {
            return new PostgresSession(opened, loads.apply(opened), application);
        } catch (SQLException | RuntimeException e) {
            discard();
            throw e;
        }
    }

    /** Closes the socket at once, whatever another thread does with the connection; the server rolls back. */
    private static void abort(@Nullable Connection doomed) {
        if (doomed == null) {
            return;
        }
        try {
            doomed.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("connection could not be aborted");
        }
    }
}
