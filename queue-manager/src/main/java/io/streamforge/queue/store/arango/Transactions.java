package io.streamforge.queue.store.arango;

import com.arangodb.ArangoDatabase;
import com.arangodb.model.StreamTransactionOptions;
import com.arangodb.springframework.core.ArangoOperations;
import io.streamforge.queue.store.StaleWriteException;
import io.streamforge.queue.store.Write;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes the changes of a write in one stream transaction. A server makes one after another, so conflicts come from other servers
 * only; the write is then tried again, and finds itself stale if it is.
 */
final class Transactions {

    private static final int ATTEMPTS = 20;
    private static final long PAUSE_NANOS = 1_000_000;

    private final ArangoOperations operations;
    private final ArangoDatabase database;
    private final ReentrantLock turn = new ReentrantLock();
    private long lastAuditId;

    Transactions(ArangoOperations operations, ArangoDatabase database) {
        this.operations = operations;
        this.database = database;
    }

    void write(List<Write> changes) {
        turn.lock();
        try {
            for (int attempt = 1; !tryOnce(changes, attempt == ATTEMPTS); attempt++) {
                LockSupport.parkNanos(PAUSE_NANOS * attempt);
            }
        } finally {
            turn.unlock();
        }
    }

    /** @return false when somebody else was writing the same documents */
    private boolean tryOnce(List<Write> changes, boolean last) {
        String id = database.beginStreamTransaction(new StreamTransactionOptions()
                        .writeCollections(Collections.WRITTEN.toArray(String[]::new))
                        .waitForSync(true))
                .getId();
        try {
            Changes queries = new Changes(new Session(operations, id), this::nextAuditId);
            changes.forEach(queries::apply);
            database.commitStreamTransaction(id);
            return true;
        } catch (RuntimeException e) {
            abort(id, e);
            if (last || e instanceof StaleWriteException || !Failures.conflict(e)) {
                throw e;
            }
            return false;
        }
    }

    private void abort(String id, RuntimeException reason) {
        try {
            database.abortStreamTransaction(id);
        } catch (RuntimeException e) {
            // The server aborts it when it has been idle for a while.
            reason.addSuppressed(e);
        }
    }

    /** Microseconds since the epoch, or one more than the last. */
    private long nextAuditId() {
        lastAuditId = Math.max(lastAuditId + 1, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
        return lastAuditId;
    }
}
