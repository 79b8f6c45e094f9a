package io.streamforge.queue.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.streamforge.queue.store.StoreException;
import io.streamforge.queue.store.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Lets the writes that wait at the same moment share a transaction, and with it the wait for the disk. One thread writes for all,
 * so that nobody queues for a lock and an interrupted caller breaks no connection; each write lies behind its own savepoint, so
 * that a stale one takes nobody with it.
 */
final class GroupCommit implements AutoCloseable {

    private static final int LARGEST = 256;

    private final HikariDataSource database;
    private final Dialect dialect;
    private final LinkedBlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
    private final Thread writer = new Thread(this::run, "metadata-writer");
    private volatile boolean closed;

    GroupCommit(HikariDataSource database, Dialect dialect) {
        this.database = database;
        this.dialect = dialect;
        writer.setDaemon(true);
        writer.start();
    }

    /** Returns when the changes are durable. */
    void write(List<Write> changes) {
        Waiting mine = new Waiting(changes);
        waiting.add(mine);
        if (closed) {
            refuseWaiting();
        }
        RuntimeException failure = mine.done.join();
        if (failure != null) {
            throw failure;
        }
    }

    private void run() {
        List<Waiting> group = new ArrayList<>();
        while (!closed) {
            try {
                group.add(waiting.take());
            } catch (InterruptedException e) {
                // Only close() interrupts.
                continue;
            }
            waiting.drainTo(group, LARGEST - 1);
            commit(group);
            group.clear();
        }
        refuseWaiting();
    }

    private void refuseWaiting() {
        for (Waiting late = waiting.poll(); late != null; late = waiting.poll()) {
            late.finish(new StoreException("the metadata store was closed", new IllegalStateException("closed")));
        }
    }

    private void commit(List<Waiting> group) {
        try {
            inTransaction(group);
            group.forEach(write -> write.finish(write.failure));
        } catch (SQLException e) {
            if (group.size() == 1) {
                group.get(0).finish(new StoreException(dialect.explain(e), e));
            } else {
                group.forEach(write -> commit(List.of(write)));
            }
        } catch (RuntimeException e) {
            group.forEach(write -> write.finish(e));
        }
    }

    @Override
    public void close() {
        closed = true;
        writer.interrupt();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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

    /** A write, what went wrong with it so far, and what became of it; only the writer touches the failure. */
    private static final class Waiting {
        private final List<Write> changes;
        private final CompletableFuture<@Nullable RuntimeException> done = new CompletableFuture<>();
        private @Nullable RuntimeException failure;

        private Waiting(List<Write> changes) {
            this.changes = List.copyOf(changes);
        }

        private void finish(@Nullable RuntimeException reason) {
            done.complete(reason);
        }
    }
}
