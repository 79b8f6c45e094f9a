package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.WriteResult.Rejection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;

/**
 * Puts rows by adding them straight to the target, which spares the way through a temporary table as long as none of their keys
 * is there. When one is, it is tried again after a number of batches that doubles each time.
 */
final class DirectPuts {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final int LONGEST_PAUSE = 1024;

    private final Connection connection;
    private final Transfer transfer;

    private int pause = 1;
    private int waiting;

    /** @param transfer to the target */
    DirectPuts(Connection connection, Transfer transfer) {
        this.connection = connection;
        this.transfer = transfer;
    }

    Transfer transfer() {
        return transfer;
    }

    /** False when a key is there, or was lately: nothing of the rows is written then. */
    boolean put(SinkBatch batch, int[] puts, List<Rejection> rejected) throws SQLException {
        if (waiting > 0) {
            waiting--;
            return false;
        }
        int before = rejected.size();
        Savepoint savepoint = connection.setSavepoint();
        try {
            transfer.copy(connection, batch, puts, 0, puts.length, rejected);
            connection.releaseSavepoint(savepoint);
            pause = Math.max(1, pause / 2);
            return true;
        } catch (SQLException e) {
            if (!DatabaseErrors.state(e).equals(UNIQUE_VIOLATION)) {
                throw e;
            }
            connection.rollback(savepoint);
            rejected.subList(before, rejected.size()).clear();
            waiting = pause;
            pause = Math.min(LONGEST_PAUSE, pause * 2);
            return false;
        }
    }
}
