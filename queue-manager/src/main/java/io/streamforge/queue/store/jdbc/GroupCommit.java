package io.streamforge.queue.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.streamforge.queue.store.StoreException;
import io.streamforge.queue.store.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets the writes that wait at the same moment share a transaction, and with it the wait for the disk. Whoever gets the lock
 * first writes for all; each write lies behind its own savepoint, so that a stale one takes nobody with it.
 */
final class GroupCommit {

    private static final int LARGEST = 256;

    private final HikariDataSource database;
    private final Dialect dialect;
    private final ReentrantLock turn = new ReentrantLock();
    private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    GroupCommit(HikariDataSource database, Dialect dialect) {
        this.database = database;
        this.dialect = dialect;
    }

    /** Returns when the changes are durable. */
    void write(List<Write> changes) {
        Waiting mine = new Waiting(changes);
        waiting.add(mine);
        turn.lock();
        try {
            while (!mine.done) {
                commit(nextGroup());
            }
        } finally {
            turn.unlock();
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
    }

    private List<Waiting> nextGroup() {
        List<Waiting> group = new ArrayList<>();
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            group.add(next);
            if (group.size() == LARGEST) {
                break;
            }
        }
        return group;
    }

    private void commit(List<Waiting> group) {
        try {
            inTransaction(group);
            group.forEach(write -> write.done = true);
        } catch (SQLException e) {
            if (group.size() == 1) {
                group.get(0).fail(new StoreException(dialect.explain(e), e));
            } else {
                group.forEach(write -> commit(List.of(write)));
            }
        }
    }

    /** A connection on which it failed is thrown away, and what it had begun with it. */
    private void inTransaction(List<Waiting> group) throws SQLException {
        try (Connection connection = database.getConnection()) {
            try {
                connection.setAutoCommit(false);
                for (Waiting write : group) {
                    behindSavepoint(connection, write);
                }
                connection.commit();
                connection.setAutoCommit(true);
            } catch (SQLException e) {
                database.evictConnection(connection);
                throw e;
            }
        }
    }

    private static void behindSavepoint(Connection connection, Waiting write) throws SQLException {
        write.failure = null;
        Savepoint savepoint = connection.setSavepoint();
        Changes changes = new Changes(new Session(connection));
        try {
            for (Write change : write.changes) {
                changes.apply(change);
            }
            connection.releaseSavepoint(savepoint);
        } catch (RuntimeException e) {
            connection.rollback(savepoint);
            write.failure = e;
        }
    }

    /** A write and what became of it; touched only by the holder of the lock until it is done. */
    private static final class Waiting {
        private final List<Write> changes;
        private boolean done;
        private @Nullable RuntimeException failure;

        private Waiting(List<Write> changes) {
            this.changes = List.copyOf(changes);
        }

        private void fail(RuntimeException reason) {
            failure = reason;
            done = true;
        }
    }
}
