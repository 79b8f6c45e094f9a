package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What error codes of MySQL and MariaDB mean to us (the server error reference of either). */
public final class MySqlErrors implements DatabaseErrors {

    /** SQLSTATE of the driver's own errors about how a user of {@code caching_sha2_password} is known. */
    private static final String KEY_NEEDED = "S1009";

    private static final String WITHOUT_KEY =
            "MySQL 8 asks for a password over TLS or under its own key: add to url sslMode=verify-full"
                    + " (or trust), serverRsaPublicKeyFile=FILE, or, in a network where nobody can pose as the server,"
                    + " allowPublicKeyRetrieval=true";

    private static Optional<String> ofState(String state) {
        return state.equals(SEVERAL_ROWS_OF_A_KEY) || state.startsWith("22")
                ? Optional.of("JDBC-VALUE")
                : Optional.empty();
    }

    private final Failures failures;

    public MySqlErrors(Failures failures) {
        this.failures = failures;
    }

    @Override
    public Optional<String> rowCode(SQLException error) {
        return switch (error.getErrorCode()) {
            case 1048, 1364, 1263 -> Optional.of("JDBC-NOT-NULL");
            case 1062, 1169, 1586 -> Optional.of("JDBC-UNIQUE");
            case 1216, 1217, 1451, 1452 -> Optional.of("JDBC-FOREIGN-KEY");
            case 3819, 4025 -> Optional.of("JDBC-CHECK");
            case 1644, 1643 -> Optional.of("JDBC-TRIGGER");
            case 1264, 1265, 1292, 1366, 1367, 1406, 1411, 1416, 1441, 1690, 3140, 3156, 3903, 1300 ->
                Optional.of("JDBC-VALUE");
            default -> ofState(DatabaseErrors.state(error));
        };
    }

    @Override
    public boolean conflict(SQLException error) {
        return error.getErrorCode() == 1213 || DatabaseErrors.state(error).equals("40001");
    }

    @Override
    public boolean connectionLost(SQLException error) {
        String state = DatabaseErrors.state(error);
        return state.startsWith("08")
                || switch (error.getErrorCode()) {
                    case 1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 2006, 2013, 3169, 4031 -> true;
                    default -> false;
                };
    }

    @Override
    public boolean lockTimeout(SQLException error) {
        return error.getErrorCode() == 1205;
    }

    /** Row numbers in messages are those of other statements than the one that sent the rows. */
    @Override
    public int line(SQLException error) {
        return 0;
    }

    @Override
    public String refusal(SQLException error) {
        return failures.words(plain(error));
    }

    @Override
    public ConnectorException translate(String attempted, SQLException error) {
        return switch (error.getErrorCode()) {
            case 1045, 1698, 1862, 1251 ->
                fatal(
                        "JDBC-AUTHENTICATION",
                        attempted,
                        error,
                        "check username and password, and from where the user may connect");
            case 1049 -> fatal("JDBC-NO-DATABASE", attempted, error, "check the database's name in url, or create it");
            case 1146 -> fatal("JDBC-NO-TABLE", attempted, error, "create the table, or set create_table: true");
            case 1054, 1136 ->
                fatal(
                        "JDBC-TABLE-CHANGED",
                        attempted,
                        error,
                        "the table is not what it was at the start; check it again");
            case 1044, 1142, 1143, 1227, 1370 ->
                fatal("JDBC-PERMISSION", attempted, error, "grant the user what the message names");
            case 1290, 1792, 1836 ->
                fatal("JDBC-READ-ONLY", attempted, error, "connect to the primary, or to a writable database");
            case 1665 -> fatal("JDBC-BINLOG-FORMAT", attempted, error, "set binlog_format to ROW or MIXED");
            case 1021, 1114, 3, 1030 ->
                temporary("JDBC-DISK-FULL", attempted, error, "make room on the server's disk, or raise its limits");
            case 1040, 1203, 1226 ->
                temporary("JDBC-TOO-MANY-CONNECTIONS", attempted, error, "lower parallelism or raise max_connections");
            case 1205, 1317, 3024, 1969 ->
                temporary("JDBC-LOCKED", attempted, error, "see who holds the lock: SHOW ENGINE INNODB STATUS");
            case 1153 ->
                failures.of("JDBC-VALUE", Category.DATA, attempted, error, "raise max_allowed_packet on the server");
            default -> byClass(attempted, error);
        };
    }

    private ConnectorException byClass(String attempted, SQLException error) {
        if (DatabaseErrors.state(error).equals(KEY_NEEDED)) {
            return fatal("JDBC-AUTHENTICATION", attempted, error, WITHOUT_KEY);
        }
        if (conflict(error)) {
            return temporary("JDBC-CONFLICT", attempted, error, null);
        }
        if (connectionLost(error)) {
            return connection(attempted, error);
        }
        if (rowCode(error).isPresent()) {
            return failures.of("JDBC-VALUE", Category.DATA, attempted, error, null);
        }
        return fatal(
                "JDBC-ERROR",
                attempted,
                error,
                "error " + error.getErrorCode() + ", SQLSTATE " + DatabaseErrors.state(error));
    }

    private ConnectorException connection(String attempted, SQLException error) {
        if (caused(error, UnknownHostException.class)) {
            return lost("JDBC-UNKNOWN-HOST", attempted, error, "check the host's name in url");
        }
        if (caused(error, SocketTimeoutException.class)) {
            return lost(
                    "JDBC-TIMEOUT", attempted, error, "check the network, or raise connect_timeout or socket_timeout");
        }
        if (caused(error, java.net.ConnectException.class)) {
            return lost(
                    "JDBC-CONNECTION-REFUSED",
                    attempted,
                    error,
                    "check that the server runs and that url has its host and port");
        }
        return lost("JDBC-CONNECTION-LOST", attempted, error, null);
    }

    /** The driver puts the connection's number before the server's words. */
    private static String plain(SQLException error) {
        String message = String.valueOf(error.getMessage());
        return message.startsWith("(conn=")
                ? message.substring(message.indexOf(')') + 1).strip()
                : message;
    }

    private ConnectorException fatal(String code, String attempted, SQLException error, String suggestion) {
        return failures.of(code, Category.FATAL, attempted, error, suggestion);
    }

    private ConnectorException temporary(
            String code, String attempted, SQLException error, @Nullable String suggestion) {
        return failures.of(code, Category.TRANSIENT, attempted, error, suggestion);
    }

    private ConnectorException lost(String code, String attempted, SQLException error, @Nullable String suggestion) {
        return failures.of(code, Category.CONNECTION, attempted, error, suggestion);
    }

    private static boolean caused(Throwable error, Class<? extends Throwable> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
