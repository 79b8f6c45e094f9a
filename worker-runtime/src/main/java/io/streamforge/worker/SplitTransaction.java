package io.streamforge.worker;

import io.streamforge.messages.Json;
import io.streamforge.messages.SourcePosition;
import io.streamforge.messages.Task;
import io.streamforge.messages.Topics;
import io.streamforge.record.Position;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The transactions of a split: rows, dead letters and the position after them become visible together. */
final class SplitTransaction implements AutoCloseable {

    private final SourceVertexContext context;
    private final String splitId;
    private final Transaction transaction;
    private SourcePosition committed;
    private SourcePosition pending;
    private boolean changed;
    private long openedAt;
    private long bytes;

    SplitTransaction(SourceVertexContext context, Task.Split split) {
        this.context = context;
        splitId = split.id();
        committed = nothing(new Position(Map.of()));
        pending = committed;
        String id = Topics.transactionalId(
                context.task().workflow(), context.start().vertex(), splitId);
        transaction = new Transaction(
                context.clients(), context.signals(), id, context.output().partitions());
    }

    private SourcePosition nothing(Position from) {
        return new SourcePosition(context.start().queueId(), from, 0, 0, 0, 0, 0, false);
    }

    /** Takes possession of the split and finds where to go on. */
    SourcePosition begin() throws InterruptedException {
        transaction.init();
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

    /** Where rows and letters go. */
    Transaction records() {
        return transaction;
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
        transaction.send(new ProducerRecord<>(
                context.task().positionsTopic(),
                key.getBytes(StandardCharsets.UTF_8),
                Json.MAPPER.writeValueAsBytes(pending)));
        transaction.commit();
        settle();
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

    /** Aborts what is open. */
    @Override
    public void close() {
        settle();
        transaction.close();
    }
}
