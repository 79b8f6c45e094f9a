package io.streamforge.worker;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.messages.Task;
import io.streamforge.record.RowSchema;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Runs a sink: one thread fetches, one writes. After a failure it starts over from what the target says it has. Where the input is
 * shared it does so for the partitions that its group gives it, as long as it has them.
 */
final class SinkVertex implements Vertex {

    private static final Duration REFUSED = Duration.ofMillis(500);

    private final SinkVertexContext context;
    private final TaskParts parts;
    private final VertexThreads threads;
    private volatile boolean ready;
    private volatile @Nullable SinkWriter current;

    SinkVertex(SinkVertexContext context, TaskParts parts, VertexThreads threads) {
        this.context = context;
        this.parts = parts;
        this.threads = threads;
    }

    @Override
    public Outcome run() throws InterruptedException {
        List<RowSchema> schemas = schemas(context.input());
        Patience patience = new Patience(
                context.signals(), context.tuning(), context.board().tally());
        try (Sink sink = parts.sink()) {
            return context.input().shared() ? share(sink, schemas, patience) : own(sink, schemas, patience);
        }
    }

    private Outcome own(Sink sink, List<RowSchema> schemas, Patience patience) throws InterruptedException {
        while (!context.signals().stopping()) {
            try {
                return session(sink, schemas, patience, null) ? Outcome.COMPLETED : ended();
            } catch (RuntimeException | ConnectorException e) {
                VertexFailure failure = VertexFailure.of(e);
                if (failure.superseded()) {
                    return Outcome.SUPERSEDED;
                }
                if (!patience.await(failure)) {
                    return ended();
                }
            }
        }
        return ended();
    }

    private Outcome share(Sink sink, List<RowSchema> schemas, Patience patience) throws InterruptedException {
        try (Membership group =
                new Membership(context, context.clients().member(context.input().group()))) {
            group.start(threads);
            while (!context.signals().stopping()) {
                Possession share = group.take(context.tuning().idle());
                ready = ready || group.joined();
                if (share != null) {
                    context.board().keep(share.partitions());
                    try {
                        session(sink, schemas, patience, share);
                    } catch (RuntimeException | ConnectorException e) {
                        again(VertexFailure.of(e), patience);
                    } finally {
                        group.released();
                    }
                }
            }
        }
        return ended();
    }

    /** Whom the target refuses another member has followed; if it was wrong to do so, the group still says so. */
    private void again(VertexFailure failure, Patience patience) throws InterruptedException {
        if (failure.superseded()) {
            context.signals().sleep(REFUSED);
        } else {
            patience.await(failure);
        }
    }

    private Outcome ended() {
        return context.signals().superseded() ? Outcome.SUPERSEDED : Outcome.STOPPED;
    }

    private static List<RowSchema> schemas(Task.Input input) {
        return input.tables().isEmpty()
                ? List.of(TaskParts.keyed(input.key(), input.value()))
                : input.tables().stream().map(TaskParts::schema).toList();
    }

    /**
     * Works until the input has ended, the worker stops, or a share has to be handed over.
     *
     * @param share null when all partitions of the task are its own
     */
    private boolean session(Sink sink, List<RowSchema> schemas, Patience patience, @Nullable Possession share)
            throws ConnectorException, InterruptedException {
        Task.Input input = context.input();
        List<Integer> partitions = share == null ? input.partitions() : share.partitions();
        SinkContext target = new SinkContext(
                context.start().task().workflow(),
                context.start().queueId(),
                context.start().vertex(),
                input.group(),
                input.topic(),
                partitions,
                input.topicPartitions(),
                schemas);
        try (SinkWriter writer = sink.open(target);
                SinkLetters letters = new SinkLetters(context);
                SinkFetcher fetcher = fetcher(writer, partitions)) {
            current = writer;
            fetcher.start(threads);
            ready = true;
            RecordReader second = new RecordReader(input);
            return new SinkLoop(context, writer, fetcher, share == null ? fetcher : share, letters, second, patience)
                    .run();
        } finally {
            current = null;
        }
    }

    private SinkFetcher fetcher(SinkWriter writer, List<Integer> partitions) throws ConnectorException {
        Task.Input input = context.input();
        var restored = writer.restore();
        KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
                context.clients().input(input.group(), context.tuning().batchRows());
        try {
            Map<TopicPartition, Long> from =
                    SinkPositions.load(SinkFetcher.of(input.topic(), partitions), restored, consumer, context.board());
            return new SinkFetcher(context, consumer, new RecordReader(input), from);
        } catch (RuntimeException e) {
            KafkaClients.close(consumer);
            throw e;
        }
    }

    @Override
    public void abandon() {
        SinkWriter stuck = current;
        if (stuck != null) {
            stuck.close();
        }
    }

    @Override
    public Snapshot snapshot() {
        return context.board().snapshot();
    }

    @Override
    public boolean ready() {
        return ready;
    }
}
