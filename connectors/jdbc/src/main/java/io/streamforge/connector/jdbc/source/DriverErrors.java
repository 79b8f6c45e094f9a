package io.streamforge.connector.jdbc.source;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.jdbc.Failures;
import io.streamforge.messages.ErrorInfo.Category;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;

/** What an error means by the standard's classes: of the exception, or of its SQLSTATE. */
record DriverErrors(Failures failures) {

    ConnectorException translate(String attempted, SQLException error) {
        String state = String.valueOf(error.getSQLState());
        if (error instanceof SQLInvalidAuthorizationSpecException || state.startsWith("28")) {
            return failures.of("JDBC-AUTHENTICATION", Category.FATAL, attempted, error, "check username and password");
        }
        if (connection(error) || state.startsWith("08")) {
            return failures.of("JDBC-CONNECTION-LOST", Category.CONNECTION, attempted, error, null);
        }
        if (error instanceof SQLTransientException || state.startsWith("40")) {
            return failures.of("JDBC-CONFLICT", Category.TRANSIENT, attempted, error, null);
        }
        if (state.startsWith("22")) {
            return failures.of("JDBC-VALUE", Category.DATA, attempted, error, null);
        }
        return failures.of(
                "JDBC-ERROR",
                Category.FATAL,
                attempted,
                error,
                "error " + error.getErrorCode() + ", SQLSTATE " + state + " of the database");
    }

    private static boolean connection(SQLException error) {
        return error instanceof SQLNonTransientConnectionException
                || error instanceof SQLTransientConnectionException
                || error instanceof SQLRecoverableException;
    }
}
