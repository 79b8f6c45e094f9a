package io.streamforge.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A writer's one session: opened when needed, again after the connection was lost, closed from any thread. */
final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final Server server;

    /** Held in a field: the driver closes a connection whose object nobody reaches any more, even while it copies. */
    private volatile @Nullable Connection connection;

    private @Nullable Session session;
    private volatile boolean closed;

    Sessions(Server server) {
        this.server = server;
    }

    boolean closed() {
        return closed;
    }

    Session get() throws SQLException {
        Session current = session;
        if (current == null) {
            current = open();
            session = current;
        }
        return current;
    }

    /** Leaves the transaction; a connection that cannot even do that is given up. */
    void rollBack() {
        Session current = session;
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

    private Session open() throws SQLException {
        Connection opened = server.connect();
        connection = opened;
        if (closed) {
            abort(opened);
        }
        try {
            return new Session(server, opened);
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
