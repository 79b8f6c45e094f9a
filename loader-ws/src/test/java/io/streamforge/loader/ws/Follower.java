package io.streamforge.loader.ws;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.OptionParser;
import io.streamforge.connector.Options;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceConnector;
import io.streamforge.messages.Json;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Reads a split in a thread of its own, as a worker does, and can be held back, killed and asked what it has read. */
public final class Follower implements AutoCloseable {

    private static final int FREE = 1_000_000;

    private final List<RecordBatch> batches = new CopyOnWriteArrayList<>();
    private final Semaphore demand = new Semaphore(FREE);
    private final Source source;
    private final Split split;
    private final Thread thread;
    private final Reading reading = new Reading();
    private volatile @Nullable Throwable failure;

    public Follower(Source source, Optional<Position> from) throws ConnectorException {
        this.source = source;
        Discovery found = source.discover();
        split = found.splits().get(0);
        Optional<Position> stored =
                from.map(position -> Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(position), Position.class));
        thread = new Thread(() -> source.read(split, stored, found.schemas()).subscribe(reading), "follower");
        thread.start();
    }

    /** A source of options as a workflow file has them. */
    public static Source source(SourceConnector connector, Map<String, Object> written) throws ConnectorException {
        List<Problem> problems = new ArrayList<>();
        Options options = new OptionParser(
                        Objects.requireNonNull(connector.descriptor().source()).options())
                .parse(written, problems)
                .orElseThrow(() -> new AssertionError(problems));
        return connector.source(options);
    }

    public List<RecordBatch> batches() {
        return List.copyOf(batches);
    }

    public List<Map<String, @Nullable Object>> rows(String table) {
        return rows(table, batches());
    }

    public static List<Map<String, @Nullable Object>> rows(String table, List<RecordBatch> batches) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (RecordBatch batch : batches) {
            RowCursor cursor = new RowCursor(batch.schema());
            for (int i = 0; batch.schema().name().equals(table) && i < batch.size(); i++) {
                rows.add(cursor.wrap(batch.rows(), i).toMap());
            }
        }
        return rows;
    }

    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Asks for nothing more, as a worker does whose sinks lag. */
    public void hold() {
        demand.drainPermits();
    }

    public void goOn() {
        demand.release(FREE);
    }

    /** Tells the source that the latest batch is durable. */
    public void acknowledge() {
        source.acknowledge(split, batches.get(batches.size() - 1).position());
    }

    @Override
    public void close() {
        reading.cancel();
        thread.interrupt();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new AssertionError("the source still reads although it was cancelled");
        }
    }

    private final class Reading extends BaseSubscriber<RecordBatch> {

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(1);
        }

        @Override
        protected void hookOnNext(RecordBatch batch) {
            batches.add(batch);
            try {
                demand.acquire();
                request(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        protected void hookOnError(Throwable thrown) {
            failure = thrown;
        }
    }
}
