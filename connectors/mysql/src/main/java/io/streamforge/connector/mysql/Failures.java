package io.streamforge.connector.mysql;

import com.github.shyiko.mysql.binlog.network.AuthenticationException;
import com.github.shyiko.mysql.binlog.network.ServerException;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.CaptureErrors;
import io.streamforge.messages.ErrorInfo.Category;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Errors of this connector; those of the log's continuity are never tried again. */
final class Failures {

    static final String START_AFRESH =
            "start the workflow again with from: fresh, which takes new snapshots of its tables";

    /** SQLSTATE of the driver's own errors about how a user of {@code caching_sha2_password} is known. */
    private static final String KEY_NEEDED = "S1009";

    private static final int ACCESS_DENIED = 1045;
    private static final int DATABASE_DENIED = 1044;
    private static final int PRIVILEGE_MISSING = 1227;
    private static final int TABLE_DENIED = 1142;
    private static final int BINLOG_FATAL = 1236;
    private static final Set<Integer> DENIED = Set.of(ACCESS_DENIED, DATABASE_DENIED, PRIVILEGE_MISSING, TABLE_DENIED);

    private Failures() {}

    /** What a query's failure means. */
    static ConnectorException query(ServerAddress server, String attempted, SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (DENIED.contains(e.getErrorCode())) {
            return new ConnectorException(
                    "MYSQL-ACCESS-DENIED",
                    Category.FATAL,
                    server + ": " + attempted + ": " + line(e),
                    "check username and password; capturing changes needs GRANT SELECT on the tables and REPLICATION SLAVE, "
                            + "REPLICATION CLIENT (MariaDB: BINLOG MONITOR) ON *.*",
                    e);
        }
        if (state.equals(KEY_NEEDED)) {
            return new ConnectorException(
                    "MYSQL-ACCESS-DENIED",
                    Category.FATAL,
                    server + ": " + attempted + ": " + line(e),
                    "MySQL 8 asks for a password over TLS or under its own key: add to url sslMode=verify-full (or trust), "
                            + "serverRsaPublicKeyFile=FILE, or, in a network where nobody can pose as the server, "
                            + "allowPublicKeyRetrieval=true",
                    e);
        }
        if (state.startsWith("08")) {
            return unreachable(server, e);
        }
        return new ConnectorException(
                "MYSQL-QUERY-FAILED", Category.TRANSIENT, server.place() + ": " + attempted + ": " + line(e), null, e);
    }

    static ConnectorException unreachable(ServerAddress server, Exception e) {
        return new ConnectorException(
                "MYSQL-UNREACHABLE",
                Category.CONNECTION,
                server.place() + ": " + line(e),
                "check that the server runs and that url names its host and port",
                e);
    }

    /** What the end of a stream of events means. */
    static ConnectorException stream(ServerAddress server, BinlogPosition from, Exception e) {
        if (e instanceof AuthenticationException denied) {
            return denied(server, denied);
        }
        if (e instanceof ServerException refused) {
            return switch (refused.getErrorCode()) {
                case BINLOG_FATAL -> refused(server, from, refused);
                case ACCESS_DENIED, PRIVILEGE_MISSING -> denied(server, refused);
                default -> unreachable(server, refused);
            };
        }
        return unreachable(server, e);
    }

    private static ConnectorException denied(ServerAddress server, Exception e) {
        return new ConnectorException(
                "MYSQL-ACCESS-DENIED",
                Category.FATAL,
                server + ": " + line(e),
                "check username and password, and GRANT REPLICATION SLAVE ON *.*",
                e);
    }

    private static ConnectorException refused(ServerAddress server, BinlogPosition from, ServerException e) {
        String message = line(e);
        if (message.contains("same server_uuid") || message.contains("same server_id")) {
            return new ConnectorException(
                    "MYSQL-SERVER-ID-TAKEN",
                    Category.TRANSIENT,
                    server.place() + ": another client reads the log under the same server id",
                    "give each reader a server_id of its own",
                    e);
        }
        return lost(server, from, message);
    }

    /** What lies behind the position is gone for good. */
    static ConnectorException lost(ServerAddress server, BinlogPosition from, String reason) {
        return CaptureErrors.logLost(
                server.place() + ": the binary log can no longer be read from " + from + ": " + reason);
    }

    static ConnectorException unreadable(ServerAddress address, @Nullable BinlogEvent event, Exception e) {
        return new ConnectorException(
                "MYSQL-EVENT-UNREADABLE",
                Category.FATAL,
                address.place() + ": "
                        + (event == null
                                ? "an event"
                                : "the event of kind " + event.type() + " before offset " + event.next())
                        + " cannot be read: " + line(e),
                "report it with the server's version; " + START_AFRESH + " once what wrote the event is gone",
                e);
    }

    /** An event that cannot be followed without losing changes. */
    static ConnectorException cannotFollow(BinlogPosition at, String what, String wayOut) {
        return new ConnectorException("MYSQL-EVENT-REFUSED", Category.FATAL, at + ": " + what, wayOut, null);
    }

    static String line(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        Throwable cause = e.getCause();
        if (cause != null && cause.getMessage() != null && !message.contains(cause.getMessage())) {
            message = message + ": " + cause.getMessage();
        }
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
