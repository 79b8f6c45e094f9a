package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What PostgreSQL's SQLSTATEs mean to us (its manual, appendix A). */
public final class PostgresErrors implements DatabaseErrors {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Failures failures;

    public PostgresErrors(Failures failures) {
        this.failures = failures;
    }

    @Override
    public Optional<String> rowCode(SQLException error) {
        String state = DatabaseErrors.state(error);
        return switch (state) {
            case "23502" -> Optional.of("JDBC-NOT-NULL");
            case "23503", "23001" -> Optional.of("JDBC-FOREIGN-KEY");
            case "23505" -> Optional.of("JDBC-UNIQUE");
            case "23514", "44000" -> Optional.of("JDBC-CHECK");
            case "23P01" -> Optional.of("JDBC-EXCLUSION");
            case "P0001" -> Optional.of("JDBC-TRIGGER");
            case SEVERAL_ROWS_OF_A_KEY, "54000" -> Optional.of("JDBC-VALUE");
            default -> state.startsWith("22") || state.startsWith("23") ? Optional.of("JDBC-VALUE") : Optional.empty();
        };
    }

    @Override
    public boolean conflict(SQLException error) {
        String state = DatabaseErrors.state(error);
        return state.equals("40001") || state.equals("40P01");
    }

    @Override
    public boolean lockTimeout(SQLException error) {
        return DatabaseErrors.state(error).equals(LOCK_NOT_AVAILABLE);
    }

    @Override
    public boolean connectionLost(SQLException error) {
        String state = DatabaseErrors.state(error);
        return state.isEmpty() || state.startsWith("08") || state.startsWith("57P") || state.startsWith("F0");
    }

    @Override
    public int line(SQLException error) {
        ServerErrorMessage message = server(error);
        String where = message == null ? null : message.getWhere();
        if (where == null || !where.startsWith("COPY ")) {
            return 0;
        }
        int at = where.indexOf(", line ");
        int line = 0;
        for (int i = at + ", line ".length();
                at >= 0 && i < where.length() && Character.isDigit(where.charAt(i));
                i++) {
            line = line * 10 + Character.digit(where.charAt(i), 10);
        }
        return line;
    }

    @Override
    public String refusal(SQLException error) {
        ServerErrorMessage message = server(error);
        if (message == null) {
            return failures.words(error.getMessage());
        }
        String detail = message.getDetail() == null ? "" : "; " + message.getDetail();
        return failures.words(message.getMessage() + detail);
    }

    @Override
    public ConnectorException translate(String attempted, SQLException error) {
        String state = DatabaseErrors.state(error);
        return switch (state) {
            case "28000", "28P01" ->
                fatal("JDBC-AUTHENTICATION", attempted, error, "check username and password, and pg_hba.conf");
            case "3D000" -> fatal("JDBC-NO-DATABASE", attempted, error, "check the database's name in url");
            case "3F000" -> fatal("JDBC-NO-SCHEMA", attempted, error, "create the schema, or name another in table");
            case "42P01" -> fatal("JDBC-NO-TABLE", attempted, error, "create the table, or set create_table: true");
            case "42703", "42804" ->
                fatal(
                        "JDBC-TABLE-CHANGED",
                        attempted,
                        error,
                        "the table is not what it was at the start; check it again");
            case "42501" -> fatal("JDBC-PERMISSION", attempted, error, "grant the user what the message names");
            case "25006" ->
                fatal("JDBC-READ-ONLY", attempted, error, "connect to the primary, or to a writable database");
            case "53100" -> temporary("JDBC-DISK-FULL", attempted, error, "make room on the server's disk");
            case "53300" ->
                temporary("JDBC-TOO-MANY-CONNECTIONS", attempted, error, "lower parallelism or raise max_connections");
            case LOCK_NOT_AVAILABLE, "57014" ->
                temporary("JDBC-LOCKED", attempted, error, "see who holds the lock: pg_locks and pg_stat_activity");
            default -> byClass(state, attempted, error);
        };
    }

    private ConnectorException byClass(String state, String attempted, SQLException error) {
        if (conflict(error)) {
            return temporary("JDBC-CONFLICT", attempted, error, null);
        }
        if (connectionLost(error)) {
            return connection(attempted, error);
        }
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "53", "58", "XX" -> temporary("JDBC-SERVER", attempted, error, "see the server's log");
            case "22", "23" -> failures.of("JDBC-VALUE", Category.DATA, attempted, error, null);
            default -> fatal("JDBC-ERROR", attempted, error, "SQLSTATE " + state);
        };
    }

    private ConnectorException connection(String attempted, SQLException error) {
        if (caused(error, UnknownHostException.class)) {
            return failures.of(
                    "JDBC-UNKNOWN-HOST", Category.CONNECTION, attempted, error, "check the host's name in url");
        }
        if (caused(error, SocketTimeoutException.class)) {
            return failures.of(
                    "JDBC-TIMEOUT",
                    Category.CONNECTION,
                    attempted,
                    error,
                    "check the network, or raise connect_timeout or socket_timeout");
        }
        if (DatabaseErrors.state(error).equals("08001")) {
            return failures.of(
                    "JDBC-CONNECTION-REFUSED",
                    Category.CONNECTION,
                    attempted,
                    error,
                    "check that the server runs and that url has its host and port");
        }
        return failures.of("JDBC-CONNECTION-LOST", Category.CONNECTION, attempted, error, null);
    }

    private ConnectorException fatal(String code, String attempted, SQLException error, String suggestion) {
        return failures.of(code, Category.FATAL, attempted, error, suggestion);
    }

    private ConnectorException temporary(
            String code, String attempted, SQLException error, @Nullable String suggestion) {
        return failures.of(code, Category.TRANSIENT, attempted, error, suggestion);
    }

    private static @Nullable ServerErrorMessage server(SQLException error) {
        return error instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    }

    private static boolean caused(Throwable error, Class<? extends Throwable> cause) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (cause.isInstance(at)) {
                return true;
            }
        }
        return false;
    }
}
