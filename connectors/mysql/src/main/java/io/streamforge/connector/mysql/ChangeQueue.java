package io.streamforge.connector.mysql;

import io.streamforge.connector.ConnectorException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands changes from the connection's thread to the one that emits them. What piles up while the reader is busy becomes one
 * batch; when more than the limit has piled up the connection waits, and with it the server.
 */
final class ChangeQueue implements BinlogConnection.Listener {

    /** Changes, each with its position, and the position of the log behind the last of them. */
    record Batch(List<PendingChanges.Placed> changes, BinlogPosition after) {}

    private final LogReader reader;
    private final long limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notFull = lock.newCondition();
    private final Condition notEmpty = lock.newCondition();
    private PendingChanges pending = new PendingChanges();
    private BinlogPosition taken;
    private @Nullable BinlogPosition awaited;
    private @Nullable Exception end;

    ChangeQueue(LogReader reader, BinlogPosition from, long limit) {
        this.reader = reader;
        this.limit = limit;
        taken = from;
    }

    @Override
    public void on(BinlogEvent event) throws ConnectorException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (pending.bytes() >= limit && end == null) {
                notFull.await();
            }
            if (end != null) {
                throw new InterruptedException();
            }
            reader.read(event, pending);
            if (!pending.isEmpty() || arrived()) {
                notEmpty.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more comes: the reason is thrown at the reader once it has taken what came before. */
    void end(Exception reason) {
        lock.lock();
        try {
            if (end == null) {
                end = reason;
            }
            notEmpty.signalAll();
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What has come, waiting for it up to {@code patience}; without changes when only the position has moved, empty when not
     * even that.
     */
    Optional<Batch> take(Duration patience) throws ConnectorException, InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (pending.isEmpty() && end == null && left > 0 && !arrived()) {
                left = notEmpty.awaitNanos(left);
            }
            if (pending.isEmpty() && end != null) {
                throw reason(end);
            }
            return take();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Batch> take() {
        BinlogPosition after = reader.position();
        List<PendingChanges.Placed> changes = pending.close(reader);
        boolean moved = arrived() || !after.equals(taken);
        if (changes.isEmpty() && !moved) {
            return Optional.empty();
        }
        if (arrived()) {
            awaited = null;
        }
        pending = new PendingChanges();
        taken = after;
        notFull.signal();
        return Optional.of(new Batch(changes, after));
    }

    /** A batch is given as soon as the log is there, even if it is there already and has no changes. */
    void await(BinlogPosition position) {
        lock.lock();
        try {
            awaited = position;
        } finally {
            lock.unlock();
        }
    }

    private boolean arrived() {
        BinlogPosition wanted = awaited;
        return wanted != null && reader.covers(wanted);
    }

    private static ConnectorException reason(Exception end) throws InterruptedException {
        if (end instanceof ConnectorException known) {
            return known;
        }
        throw new InterruptedException();
    }
}
