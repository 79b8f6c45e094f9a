package io.streamforge.worker;

import io.streamforge.connector.Source;
import io.streamforge.messages.Task;
import org.jspecify.annotations.Nullable;

/** Writes what is read and commits it: when nothing more comes for a moment, when much is waiting, or when it waits long. */
final class SplitLoop {

    /** The first transactions are small, so that sinks have something to do early; each may be twice as large as the one before. */
    private static final long FIRST_COMMIT_BYTES = 512 << 10;

    private final SourceVertexContext context;
    private final Source source;
    private final Task.Split split;
    private final SplitReader reader;
    private final RowPublisher publisher;
    private final SplitTransaction transaction;
    private final Patience patience;
    private final long commitNanos;
    private long commitBytes;

    SplitLoop(
            SourceVertexContext context,
            Source source,
            Task.Split split,
            SplitReader reader,
            RowPublisher publisher,
            SplitTransaction transaction,
            Patience patience) {
        this.context = context;
        this.source = source;
        this.split = split;
        this.reader = reader;
        this.publisher = publisher;
        this.transaction = transaction;
        this.patience = patience;
        commitBytes = Math.min(FIRST_COMMIT_BYTES, context.tuning().commitBytes());
        var interval = context.task().checkpointInterval();
        commitNanos = (interval == null ? context.tuning().commitInterval() : interval).toNanos();
    }

    /** True when the split is done, false when the worker is stopping; what was read before is committed. */
    boolean run() throws InterruptedException {
        while (!context.signals().stopping()) {
            if (context.signals().paused()) {
                commit();
                context.signals().awaitResumed();
                continue;
            }
            SplitReader.Item item = reader.poll(context.tuning().idle());
            if (item instanceof SplitReader.Item.End) {
                transaction.done();
                commit();
                return true;
            }
            process(item);
        }
        if (!context.signals().abandoned()) {
            commit();
        }
        return false;
    }

    private void process(SplitReader.@Nullable Item item) {
        if (item instanceof SplitReader.Item.Batch next) {
            publisher.publish(next.batch());
            if (transaction.bytes() >= commitBytes || transaction.nanos() >= commitNanos) {
                commit();
                commitBytes = Math.min(2 * commitBytes, context.tuning().commitBytes());
            }
        } else {
            commit();
            if (item instanceof SplitReader.Item.Failed failed) {
                throw failed.failure();
            }
        }
    }

    private void commit() {
        if (transaction.commit()) {
            patience.progressed();
            source.acknowledge(split, transaction.committed().position());
        }
    }
}
