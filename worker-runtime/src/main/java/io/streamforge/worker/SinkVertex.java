package io.streamforge.worker;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.messages.Task;
import io.streamforge.worker.SinkLoop.End;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
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
        SinkForms forms = new SinkForms(context.input(), context.clients());
        Patience patience = new Patience(
                context.signals(), context.tuning(), context.board().tally());
        try (Sink sink = parts.sink()) {
            return context.input().shared() ? share(sink, forms, patience) : own(sink, forms, patience);
        }
    }

    private Outcome own(Sink sink, SinkForms forms, Patience patience) throws InterruptedException {
        while (!context.signals().stopping()) {
            try {
                End end = session(sink, forms, patience, null);
                if (end != End.CHANGED) {
                    return end == End.COMPLETE ? Outcome.COMPLETED : ended();
                }
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

    private Outcome share(Sink sink, SinkForms forms, Patience patience) throws InterruptedException {
        try (Membership group =
                new Membership(context, context.clients().member(context.input().group()))) {
            group.start(threads);
            while (!context.signals().stopping()) {
                Possession share = group.take(context.tuning().idle());
                ready = ready || group.joined();
                if (share != null) {
                    context.board().keep(share.partitions());
                    try {
                        End end;
                        do {
                            end = session(sink, forms, patience, share);
                        } while (end == End.CHANGED);
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

    /**
     * Works until the input has ended, its rows get other schemas, the worker stops, or a share has to be handed over.
     *
     * @param share null when all partitions of the task are its own
     */
    private End session(Sink sink, SinkForms forms, Patience patience, @Nullable Possession share)
            throws ConnectorException, InterruptedException {
        Task.Input input = forms.input();
        List<Integer> partitions = share == null ? input.partitions() : share.partitions();
        SinkContext target = new SinkContext(
                context.start().task().workflow(),
                context.start().queueId(),
                context.start().vertex(),
                input.group(),
                input.topic(),
                partitions,
                input.topicPartitions(),
                forms.schemas(),
                forms.before(),
                input.evolving());
        try (SinkWriter writer = sink.open(target);
                SinkLetters letters = new SinkLetters(context);
                SinkFetcher fetcher = fetcher(writer, forms, partitions)) {
            current = writer;
            fetcher.start(threads);
            ready = true;
            return new SinkLoop(context, writer, fetcher, share == null ? fetcher : share, letters, forms, patience)
                    .run();
        } finally {
            current = null;
        }
    }

    private SinkFetcher fetcher(SinkWriter writer, SinkForms forms, List<Integer> partitions)
            throws ConnectorException {
        Task.Input input = context.input();
        var restored = writer.restore();
        KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
                context.clients().input(input.group(), context.tuning().batchRows());
        try {
            Map<TopicPartition, OffsetAndMetadata> from =
                    SinkPositions.load(SinkFetcher.of(input.topic(), partitions), restored, consumer, context.board());
            return new SinkFetcher(context, consumer, forms, from);
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
