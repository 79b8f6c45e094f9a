package io.streamforge.worker;

import io.streamforge.connector.Operator;
import io.streamforge.connector.StageOutput;
import io.streamforge.connector.StageOutput.Rejection;
import io.streamforge.messages.SchemaChange;
import io.streamforge.messages.StageNote;
import io.streamforge.messages.Task;
import io.streamforge.messages.Topics;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The transactions of a stage's partition: the rows it gave, its dead letters and the offset of its input, with what the stage still
 * needs before it, become visible together.
 */
final class StageTransaction implements AutoCloseable {

    private static final Position NOWHERE = new Position(Map.of());

    private final StageVertexContext context;
    private final TopicPartition partition;
    private final ConsumerGroupMetadata group;
    private final List<Operator> operators;
    private final List<RowSchema> tables;
    private final Transaction transaction;
    private final RowSender sender;
    private final long commitNanos;
    private StageNote committed;
    private StageNote pending;
    /** Rows of the input that {@link #pending} does not count yet. */
    private long read;

    private long rejected;
    private boolean changed;
    private long openedAt;
    private long committedAt = System.nanoTime();

    /**
     * Counters go on from what is noted.
     *
     * @param transaction in whose possession the partition is
     * @param operators of a stage with one output table
     */
    StageTransaction(StageVertexContext context, StageFeed feed, Transaction transaction, List<Operator> operators) {
        this.context = context;
        this.transaction = transaction;
        this.operators = operators;
        partition = feed.partition();
        group = feed.group();
        committed = feed.note();
        pending = committed;
        tables = context.plan().output();
        sender = new RowSender(
                context.output(),
                new TableForms(context.output(), TaskParts.through(operators, tables.get(0)), StageTransaction::fixed),
                context.recordLimit(),
                context.deadLetters(),
                context.policy(),
                transaction,
                context.board().tally(),
                partition.partition());
        var interval = context.task().checkpointInterval();
        commitNanos = (interval == null ? context.tuning().commitInterval() : interval).toNanos();
        context.lagGuard().resumed(committed.written(), committed.bytes());
    }

    int partition() {
        return partition.partition();
    }

    private static Task.SchemaRef fixed(SchemaChange change, RowSchema schema) {
        throw new IllegalStateException(
                "rows of a stage do not change their columns, but " + schema + " is not what it was");
    }

    /** Counts a row that the stage was given, and keeps it where the stage could not use it. */
    void took(ConsumerRecord<ByteBuffer, ByteBuffer> record, Optional<Rejection> objection) {
        if (!changed) {
            changed = true;
            openedAt = System.nanoTime();
        }
        read++;
        objection.ifPresent(why -> reject(record, why));
    }

    private void reject(ConsumerRecord<ByteBuffer, ByteBuffer> record, Rejection why) {
        String place = Topics.deadKey(record.topic(), record.partition(), record.offset());
        context.policy().rejected(place, why.code(), why.message());
        if (context.policy().keepsLetters()) {
            transaction.send(
                    context.deadLetters().record(place, record.key(), record.value(), why.code(), why.message()));
            context.board().tally().lettersWritten(1);
        }
        rejected++;
        checkRatio();
    }

    /** Sends what the stage gave through the operators behind it. */
    void send(StageOutput output) {
        for (int table = 0; table < tables.size(); table++) {
            RowBuffer rows = output.take(table);
            if (rows.rows() > 0) {
                send(new RecordBatch(tables.get(table), rows, NOWHERE));
            }
        }
    }

    private void send(RecordBatch given) {
        RecordBatch result = given;
        for (Operator operator : operators) {
            result = operator.apply(result);
        }
        result.rejected().forEach(sender::reject);
        // The number of the row in the run is the same in every attempt.
        RowSender.Sent sent = sender.send(
                result, row -> context.start().vertex() + "/" + partition() + "/" + (pending.emitted() + row));
        long refused = result.rejected().size() + sent.refused();
        pending = pending.gave(
                given.size(), sent.written(), given.size() - sent.written() - refused, refused, sent.bytes());
        context.lagGuard().written(sent.written(), sent.bytes());
        if (refused > 0) {
            checkRatio();
        }
    }

    private void checkRatio() {
        StageNote totals = context.board().without(partition()).plus(pending.took(read, rejected));
        context.policy().check(totals.read() + totals.emitted(), totals.rejected(), false);
    }

    /** True when much is waiting, or something for long. */
    boolean due() {
        return changed
                && (pending.bytes() - committed.bytes() >= context.tuning().commitBytes()
                        || System.nanoTime() - openedAt >= commitNanos);
    }

    /**
     * Commits what is open, or now and then what is known; false when there was nothing.
     *
     * @param next offset of the first row the stage has not been given
     * @param needed of the oldest one it needs again
     */
    boolean commit(long next, OptionalLong needed) {
        if (!changed && !old()) {
            return false;
        }
        commit(next, pending.took(read, rejected).needs(needed));
        return true;
    }

    /** Commits now and then again what is committed, before anything has been added to it. */
    void keep(long next) {
        if (old()) {
            commit(next, committed);
        }
    }

    /** Brokers forget offsets that nobody has committed for a week. */
    private boolean old() {
        return System.nanoTime() - committedAt >= context.tuning().recommit().toNanos();
    }

    /** Commits what is open and that nothing follows. */
    void commitEnd(long next) {
        commit(next, pending.took(read, rejected).ended());
    }

    private void commit(long next, StageNote note) {
        transaction.sendOffsets(Map.of(partition, new OffsetAndMetadata(next, note.text())), group);
        transaction.commit();
        settle();
        committed = note;
        pending = note;
        read = 0;
        rejected = 0;
        changed = false;
        committedAt = System.nanoTime();
        context.board().committed(partition(), next, note);
    }

    private void settle() {
        context.lagGuard().settled(pending.written() - committed.written());
    }

    /** What is open is given up. */
    @Override
    public void close() {
        settle();
    }
}
