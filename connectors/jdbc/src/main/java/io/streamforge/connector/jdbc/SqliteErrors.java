package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's result codes mean to us (sqlite.org/rescode.html). */
public final class SqliteErrors {

    private static final int PRIMARY_CODE = 0xFF;

    private final Failures failures;

    public SqliteErrors(Failures failures) {
        this.failures = failures;
    }

    /** The code of an error that a single row causes, empty for any other. */
    static Optional<String> rowCode(SQLException error) {
        return Optional.ofNullable(
                switch (extended(error)) {
                    case SQLITE_CONSTRAINT_NOTNULL -> "JDBC-NOT-NULL";
                    case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID ->
                        "JDBC-UNIQUE";
                    case SQLITE_CONSTRAINT_CHECK -> "JDBC-CHECK";
                    case SQLITE_CONSTRAINT_FOREIGNKEY -> "JDBC-FOREIGN-KEY";
                    case SQLITE_CONSTRAINT_TRIGGER -> "JDBC-TRIGGER";
                    default ->
                        switch (primary(error)) {
                            case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG -> "JDBC-VALUE";
                            default -> null;
                        };
                });
    }

    static boolean busy(SQLException error) {
        SQLiteErrorCode code = primary(error);
        return code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED;
    }

    /** Why SQLite refuses a row, in one line. */
    String refusal(SQLException error) {
        return failures.words(error.getMessage());
    }

    public ConnectorException translate(String attempted, SQLException error) {
        return switch (primary(error)) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                failure(
                        "JDBC-LOCKED",
                        Category.TRANSIENT,
                        attempted,
                        error,
                        "another program writes to the file; let it finish, or raise busy_timeout");
            case SQLITE_FULL ->
                failure("JDBC-DISK-FULL", Category.TRANSIENT, attempted, error, "make room on the disk");
            case SQLITE_IOERR -> failure("JDBC-IO", Category.TRANSIENT, attempted, error, "check the disk");
            case SQLITE_INTERRUPT, SQLITE_NOMEM -> failure("JDBC-SERVER", Category.TRANSIENT, attempted, error, null);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
                fatal("JDBC-READ-ONLY", attempted, error, "make the file and its directory writable");
            case SQLITE_CANTOPEN ->
                fatal("JDBC-CANNOT-OPEN", attempted, error, "create the directory, and let the worker write to it");
            case SQLITE_NOTADB, SQLITE_CORRUPT ->
                fatal("JDBC-NOT-A-DATABASE", attempted, error, "name a SQLite file, or a new one");
            case SQLITE_CONSTRAINT ->
                fatal("JDBC-FOREIGN-KEY", attempted, error, "declare the foreign key without DEFERRABLE");
            default ->
                fatal("JDBC-ERROR", attempted, error, "the table is not what it was at the start; check it again");
        };
    }

    private ConnectorException fatal(String code, String attempted, SQLException error, String suggestion) {
        return failure(code, Category.FATAL, attempted, error, suggestion);
    }

    private ConnectorException failure(
            String code, Category category, String attempted, SQLException error, @Nullable String suggestion) {
        return failures.of(code, category, attempted, error, suggestion);
    }

    private static SQLiteErrorCode extended(SQLException error) {
        return error instanceof SQLiteException sqlite
                ? sqlite.getResultCode()
                : SQLiteErrorCode.getErrorCode(error.getErrorCode());
    }

    private static SQLiteErrorCode primary(SQLException error) {
        return SQLiteErrorCode.getErrorCode(extended(error).code & PRIMARY_CODE);
    }
}
