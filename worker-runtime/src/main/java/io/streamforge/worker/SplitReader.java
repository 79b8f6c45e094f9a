package io.streamforge.worker;

import io.streamforge.connector.Source;
import io.streamforge.messages.Task;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BaseSubscriber;

/**
 * Reads a split in a thread of its own and hands batches over, one asked for at a time. The thread that reads waits here while
 * the worker is paused, a consumer lags or batches pile up: that is the back-pressure a source sees.
 */
final class SplitReader implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SplitReader.class);
    private static final int PILE = 2;
    private static final Duration END = Duration.ofSeconds(2);

    /** What the reading thread hands over: a batch, the end of the split, or why reading failed. */
    sealed interface Item {
        record Batch(RecordBatch batch) implements Item {}

        record End() implements Item {}

        record Failed(VertexFailure failure) implements Item {}
    }

    private final SourceVertexContext context;
    private final VertexThreads threads;
    private final Task.Split split;
    private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(PILE);
    private final Reading reading = new Reading();
    private volatile @Nullable Thread thread;
    private volatile boolean closed;

    SplitReader(SourceVertexContext context, VertexThreads threads, Task.Split split) {
        this.context = context;
        this.threads = threads;
        this.split = split;
    }

    void start(Source source, Position from, List<RowSchema> schemas) {
        Optional<Position> position = from.values().isEmpty() ? Optional.empty() : Optional.of(from);
        thread = threads.start("read-" + split.id(), () -> {
            try {
                source.read(split, position, schemas).subscribe(reading);
            } catch (RuntimeException e) {
                reading.hookOnError(e);
            }
        });
    }

    /** The next item, null when there is none in that time. */
    @Nullable Item poll(Duration time) throws InterruptedException {
        return items.poll(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Cancels the read and interrupts it where it blocks. */
    @Override
    public void close() {
        closed = true;
        reading.cancel();
        Thread current = thread;
        if (current != null && current != Thread.currentThread()) {
            current.interrupt();
            awaitEnd(current);
        }
    }

    private void awaitEnd(Thread reading) {
        try {
            reading.join(context.signals().stopping() ? 1 : END.toMillis());
            if (reading.isAlive() && !context.signals().stopping()) {
                log.atWarn().addKeyValue("split", split.id()).log("the source still reads although it was interrupted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Reading extends BaseSubscriber<RecordBatch> {

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            askForMore();
        }

        @Override
        protected void hookOnNext(RecordBatch batch) {
            context.board().read();
            if (handOver(new Item.Batch(batch))) {
                askForMore();
            }
        }

        @Override
        protected void hookOnComplete() {
            handOver(new Item.End());
        }

        @Override
        protected void hookOnError(Throwable thrown) {
            if (closed) {
                log.atDebug().setCause(thrown).log("read failed after it was cancelled");
            } else {
                handOver(new Item.Failed(VertexFailure.of(thrown)));
            }
        }

        private void askForMore() {
            try {
                if (context.signals().awaitResumed() && context.lagGuard().await(context.signals())) {
                    request(1);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean handOver(Item item) {
            try {
                items.put(item);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
