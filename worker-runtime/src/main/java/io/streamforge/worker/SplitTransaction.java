package io.streamforge.worker;

import io.streamforge.messages.Json;
import io.streamforge.messages.SourcePosition;
import io.streamforge.messages.Task;
import io.streamforge.messages.Topics;
import io.streamforge.record.Position;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transactions of a split: rows, dead letters and the position after them become visible together. The id never holds
 * the attempt, so that beginning fences every older producer of the split and ends what it left open.
 */
final class SplitTransaction implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SplitTransaction.class);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final SourceVertexContext context;
    private final String splitId;
    private final Producer<byte[], byte[]> producer;
    private SourcePosition committed;
    private SourcePosition pending;
    private boolean open;
    private boolean changed;
    private long openedAt;
    private long bytes;

    SplitTransaction(SourceVertexContext context, Task.Split split) {
        this.context = context;
        splitId = split.id();
        committed = nothing(new Position(Map.of()));
        pending = committed;
        producer = context.clients()
                .transactional(
                        Topics.transactionalId(
                                context.task().workflow(), context.start().vertex(), splitId),
                        context.output().partitions());
    }

    private SourcePosition nothing(Position from) {
        return new SourcePosition(context.start().queueId(), from, 0, 0, 0, 0, 0, false);
    }

    /** Takes possession of the split and finds where to go on. */
    SourcePosition begin() {
        producer.initTransactions();
        Optional<SourcePosition> stored = new PositionStore(
                        context.clients(), context.task().positionsTopic())
                .load(Topics.positionKey(context.start().vertex(), splitId), context.signals());
        committed = stored.map(this::resume).orElse(committed);
        pending = committed;
        context.board().loaded(splitId, committed);
        context.lagGuard().resumed(committed.written(), committed.bytes());
        return committed;
    }

    private SourcePosition resume(SourcePosition stored) {
        if (stored.queueId().equals(context.start().queueId())) {
            return stored;
        }
        return nothing(context.task().from() == Task.From.LAST ? stored.position() : new Position(Map.of()));
    }

    /** Takes a record into the transaction; what becomes of it shows when the transaction is committed. */
    void send(ProducerRecord<byte[], byte[]> record) {
        if (!open) {
            producer.beginTransaction();
            open = true;
            openedAt = System.nanoTime();
        }
        Future<?> sending = producer.send(record);
        // A producer that has lost its broker says so here, and would take its time to say it again for every row.
        if (sending.isDone()) {
            requireSent(sending);
        }
    }

    private static void requireSent(Future<?> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw VertexFailure.of(e);
        } catch (InterruptedException e) {
            throw VertexFailure.of(new InterruptException(e));
        }
    }

    /** Counts a batch that has been sent and moves the position behind it. */
    void advance(Position position, long read, long written, long filtered, long rejected, long rowBytes) {
        if (!changed) {
            changed = true;
            openedAt = System.nanoTime();
        }
        bytes += rowBytes;
        pending = new SourcePosition(
                pending.queueId(),
                position,
                pending.read() + read,
                pending.written() + written,
                pending.filtered() + filtered,
                pending.rejected() + rejected,
                pending.bytes() + rowBytes,
                false);
    }

    /** The split has been read to its end. */
    void done() {
        changed = true;
        pending = new SourcePosition(
                pending.queueId(),
                pending.position(),
                pending.read(),
                pending.written(),
                pending.filtered(),
                pending.rejected(),
                pending.bytes(),
                true);
    }

    /** Commits what is open; false when there was nothing. */
    boolean commit() {
        if (!changed) {
            return false;
        }
        String key = Topics.positionKey(context.start().vertex(), splitId);
        send(new ProducerRecord<>(
                context.task().positionsTopic(),
                key.getBytes(StandardCharsets.UTF_8),
                Json.MAPPER.writeValueAsBytes(pending)));
        producer.commitTransaction();
        settle();
        open = false;
        changed = false;
        bytes = 0;
        committed = pending;
        context.board().committed(splitId, committed);
        return true;
    }

    private void settle() {
        context.lagGuard().settled(pending.written() - committed.written());
    }

    SourcePosition committed() {
        return committed;
    }

    SourcePosition pending() {
        return pending;
    }

    /** Bytes of rows not yet committed. */
    long bytes() {
        return bytes;
    }

    /** How long the oldest uncommitted row has waited. */
    long nanos() {
        return changed ? System.nanoTime() - openedAt : 0;
    }

    /** Aborts what is open; a producer that has lost its broker is not waited for. */
    @Override
    public void close() {
        settle();
        try {
            context.clients().close(producer, context.signals().killed() ? Duration.ZERO : CLOSE);
        } catch (KafkaException e) {
            log.atDebug().setCause(e).log("producer not closed in time");
        }
    }
}
