package io.streamforge.worker.testing;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkConnector;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.WriteResult;
import io.streamforge.connector.WriteResult.Rejection;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.Op;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A sink into a list of this JVM. With {@code transactional} the list keeps offsets beside the rows and refuses a batch that
 * does not begin where it stands, as a database would; without, it takes whatever comes.
 */
public final class RecorderConnector implements SinkConnector {

    private static final Map<String, Target> TARGETS = new ConcurrentHashMap<>();

    /** The target with the option {@code target} of this name. */
    public static Target target(String name) {
        return TARGETS.computeIfAbsent(name, n -> new Target());
    }

    /** What was written, and what a test does to it. */
    public static final class Target {
        private final List<Long> ids = new ArrayList<>();
        private final Map<Integer, SinkWriter.Progress> progress = new HashMap<>();
        private final Map<Integer, Integer> owners = new HashMap<>();
        private int writers;
        private boolean completed;

        /** Writing fails this many times more, before anything is written. */
        public final AtomicInteger failuresBefore = new AtomicInteger();
        /** Writing fails this many times more, after all has been written: nobody knows whether it was. */
        public final AtomicInteger failuresAfter = new AtomicInteger();

        public final AtomicInteger batches = new AtomicInteger();
        public volatile boolean blocked;
        public volatile boolean deaf;
        public volatile long rejectEvery;
        public volatile long delayMillis;

        public synchronized List<Long> ids() {
            return List.copyOf(ids);
        }

        public synchronized boolean completed() {
            return completed;
        }

        private synchronized int own(List<Integer> partitions) {
            int writer = ++writers;
            partitions.forEach(partition -> owners.put(partition, writer));
            return writer;
        }

        private synchronized Map<Integer, SinkWriter.Progress> progress() {
            return Map.copyOf(progress);
        }

        private synchronized void complete() {
            completed = true;
        }

        private synchronized void commit(int writer, SinkBatch batch, List<Long> rows, List<Rejection> rejected)
                throws ConnectorException {
            if (batch.ranges().keySet().stream().anyMatch(partition -> owners.getOrDefault(partition, 0) != writer)) {
                throw superseded();
            }
            for (Map.Entry<Integer, SinkBatch.Range> range : batch.ranges().entrySet()) {
                SinkWriter.Progress known = progress.get(range.getKey());
                if (known != null && known.next() != range.getValue().first()) {
                    throw superseded();
                }
                long refused = rejected.stream()
                        .filter(rejection -> batch.partition(rejection.row()) == range.getKey())
                        .count();
                long written = -refused;
                for (int row = 0; row < batch.size(); row++) {
                    written += batch.partition(row) == range.getKey() ? 1 : 0;
                }
                progress.put(
                        range.getKey(),
                        new SinkWriter.Progress(
                                range.getValue().next(),
                                (known == null ? 0 : known.written()) + written,
                                (known == null ? 0 : known.rejected()) + refused));
            }
            ids.addAll(rows);
        }

        private static ConnectorException superseded() {
            return new ConnectorException(
                    ConnectorException.SUPERSEDED, Category.FATAL, "another writer was here", null);
        }
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "recorder",
                "Recorder",
                "Remembers.",
                null,
                new ConnectorDescriptor.Role(
                        "sink-connector",
                        List.of(
                                OptionSpec.of("target", OptionType.STRING, "Its name.")
                                        .withRequired(),
                                OptionSpec.of("transactional", OptionType.BOOLEAN, "Keeps offsets.")
                                        .withDefault("true")),
                        "As asked."));
    }

    @Override
    public Sink sink(Options options) {
        return new Recorder(target(options.string("target")), options.flag("transactional"));
    }

    private record Recorder(Target target, boolean transactional) implements Sink {
        @Override
        public List<Problem> check(RowSchema schema) {
            return List.of();
        }

        @Override
        public SinkWriter open(SinkContext context) {
            return new Writer(target, transactional, context.partitions(), new RowCursor(context.schema()));
        }
    }

    private static final class Writer implements SinkWriter {
        private final Target target;
        private final boolean transactional;
        private final List<Integer> partitions;
        private final RowCursor cursor;
        private int owner;

        Writer(Target target, boolean transactional, List<Integer> partitions, RowCursor cursor) {
            this.target = target;
            this.transactional = transactional;
            this.partitions = partitions;
            this.cursor = cursor;
        }

        @Override
        public Optional<Map<Integer, Progress>> restore() {
            owner = target.own(partitions);
            return transactional ? Optional.of(target.progress()) : Optional.empty();
        }

        @Override
        public WriteResult write(SinkBatch batch) throws ConnectorException {
            LockSupport.parkNanos(target.delayMillis * 1_000_000);
            block();
            failSometimes(target.failuresBefore);
            List<Long> ids = new ArrayList<>();
            List<Rejection> rejected = new ArrayList<>();
            for (int row = 0; row < batch.size(); row++) {
                long id = id(batch, row);
                if (target.rejectEvery > 0 && id % target.rejectEvery == 0) {
                    rejected.add(new Rejection(row, "RECORDER-REFUSED", "id " + id + " is refused"));
                } else {
                    ids.add(batch.op(row) == Op.DELETE ? -id : id);
                }
            }
            if (transactional) {
                batch.settle(rejected);
            }
            target.commit(owner, transactional ? batch : new SinkBatch(), ids, rejected);
            target.batches.incrementAndGet();
            failSometimes(target.failuresAfter);
            return new WriteResult(rejected);
        }

        private long id(SinkBatch batch, int row) {
            RowCursor id = batch.hasValue(row)
                    ? batch.value(row, cursor)
                    : batch.key(row, new RowCursor(NumbersConnector.SCHEMA.keySchema()));
            return id.getLong(0);
        }

        private void block() {
            while (target.blocked && (target.deaf || !Thread.currentThread().isInterrupted())) {
                LockSupport.parkNanos(1_000_000);
                if (target.deaf) {
                    Thread.interrupted();
                }
            }
        }

        private static void failSometimes(AtomicInteger failures) throws ConnectorException {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new ConnectorException(
                        "RECORDER-DOWN", Category.CONNECTION, "the target is down", "wait until it is back");
            }
        }

        @Override
        public void complete() {
            target.complete();
        }

        @Override
        public void close() {}
    }
}
