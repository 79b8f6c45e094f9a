package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import java.sql.SQLException;
import java.util.Optional;

/** What a server's errors mean to a writer. */
interface DatabaseErrors {

    /** SQLSTATE of statements that would change one row twice: the records have to be applied one by one. */
    String SEVERAL_ROWS_OF_A_KEY = "21000";

    /** The code of an error that single rows cause, empty for any other. */
    Optional<String> rowCode(SQLException error);

    /** True when the same transaction may well succeed at once: it lost against another one. */
    boolean conflict(SQLException error);

    /** True when the connection cannot be used any more. */
    boolean connectionLost(SQLException error);

    /** True when a lock was not to be had in time. */
    boolean lockTimeout(SQLException error);

    /** Which of the rows that were sent the server names as the bad one, from 1; 0 when it names none. */
    int line(SQLException error);

    /** Why the server refuses a row, in one line, with its detail. */
    String refusal(SQLException error);

    /** The error as a user should see it. */
    ConnectorException translate(String attempted, SQLException error);

    static String state(SQLException error) {
        String state = error.getSQLState();
        return state == null ? "" : state;
    }
}
