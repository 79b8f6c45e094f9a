package io.streamforge.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What the last of a sink's tasks does when the run is complete: it puts a replacement in place and executes the user's
 * statements, in the transaction that remembers it.
 *
 * @param swap statements that put replacements in place
 * @param after statements of the user, as they are executed
 * @param leftover statements for afterwards, which may be executed again
 */
record RunSteps(Offsets offsets, List<String> swap, List<String> after, List<String> leftover) {

    RunSteps {
        swap = List.copyOf(swap);
        after = List.copyOf(after);
        leftover = List.copyOf(leftover);
    }

    /** Within a transaction that the caller commits. */
    void complete(Connection connection) throws SQLException {
        if (swap.isEmpty() && after.isEmpty()) {
            offsets.complete(connection);
            return;
        }
        // Locks the entries of all tasks in one order before it changes its own.
        offsets.allCompleted(connection);
        offsets.complete(connection);
        if (offsets.allCompleted(connection) && !offsets.marked(connection, Offsets.Mark.FINISHED)) {
            Statements.execute(connection, swap);
            Statements.execute(connection, after);
            offsets.mark(connection, Offsets.Mark.FINISHED);
        }
    }

    /** After {@link #complete} was committed, within another transaction. */
    void cleanUp(Connection connection) throws SQLException {
        if (!leftover.isEmpty() && offsets.marked(connection, Offsets.Mark.FINISHED)) {
            Statements.execute(connection, leftover);
        }
    }
}
