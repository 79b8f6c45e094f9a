package io.streamforge.connector.postgresql;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Debezium's engine in a thread of its own and hands its batches over, few at a time. Invariant: the server is told an LSN only
 * after {@link #confirm} named it.
 */
final class WalReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WalReader.class);
    private static final int PILE = 4;
    private static final long NOTHING = -1;
    /** What Debezium looks at when it tells the server. */
    private static final List<String> CONFIRMED = List.of("lsn", "lsn_proc", "lsn_commit");

    private static final long END_MILLIS = 5_000;

    private final BlockingQueue<List<RecordChangeEvent<SourceRecord>>> batches = new ArrayBlockingQueue<>(PILE);
    private final AtomicLong toConfirm = new AtomicLong(NOTHING);
    private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
    private final Thread thread;
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;

    WalReader(Properties properties) {
        engine = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                .using(properties)
                .using((success, message, error) -> {
                    failure = success ? null : error == null ? new IllegalStateException(message) : error;
                    ended = true;
                })
                .notifying(this::take)
                .build();
        thread = new Thread(engine, "wal");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** The next batch, null when there is none in that time. */
    @Nullable List<RecordChangeEvent<SourceRecord>> poll(Duration timeout) throws InterruptedException {
        return batches.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** True when nothing more will come than what can be polled at once. */
    boolean ended() {
        return ended && batches.isEmpty();
    }

    @Nullable Throwable failure() {
        return failure;
    }

    /** The server may forget what lies before; it is told with the next batch. */
    void confirm(long lsn) {
        toConfirm.accumulateAndGet(lsn, Math::max);
    }

    private void take(
            List<RecordChangeEvent<SourceRecord>> batch,
            DebeziumEngine.RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        long lsn = toConfirm.getAndSet(NOTHING);
        if (lsn != NOTHING) {
            DebeziumEngine.Offsets confirmed = committer.buildOffsets();
            CONFIRMED.forEach(name -> confirmed.set(name, lsn));
            committer.markProcessed(batch.get(batch.size() - 1), confirmed);
            committer.markBatchFinished();
        }
        batches.put(batch);
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            engine.close();
        } catch (IOException | IllegalStateException e) {
            LOG.atDebug().setCause(e).log("engine was not running");
        }
        thread.interrupt();
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
