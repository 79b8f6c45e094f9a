package io.streamforge.worker;

import io.streamforge.messages.StageNote;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A partition of a stage's input, read from the oldest row that the stage needs again. Opened after whoever read it before has been
 * fenced, so that what is committed is the last word.
 */
final class StageFeed implements AutoCloseable {

    private final TopicPartition partition;
    private final KafkaConsumer<ByteBuffer, ByteBuffer> consumer;
    private final long committed;
    private final StageNote note;

    StageFeed(StageVertexContext context, int partition) {
        this.partition = new TopicPartition(context.input().topic(), partition);
        consumer = context.clients()
                .input(context.input().group(), context.tuning().batchRows());
        try {
            OffsetAndMetadata last = consumer.committed(Set.of(this.partition)).get(this.partition);
            committed = last == null ? 0 : last.offset();
            note = note(last);
            consumer.assign(List.of(this.partition));
            consumer.seek(this.partition, note.needed() < 0 ? committed : Math.min(note.needed(), committed));
            context.board().loaded(partition, committed, note);
        } catch (RuntimeException e) {
            KafkaClients.close(consumer);
            throw e;
        }
    }

    private static StageNote note(@Nullable OffsetAndMetadata last) {
        try {
            return StageNote.parse(last == null ? null : last.metadata());
        } catch (IllegalArgumentException e) {
            throw VertexFailure.fatal(
                    "POSITIONS-UNREADABLE", String.valueOf(e.getMessage()), null, "start the workflow again");
        }
    }

    TopicPartition partition() {
        return partition;
    }

    /** Under which the offset is committed; it has no members. */
    ConsumerGroupMetadata group() {
        return consumer.groupMetadata();
    }

    /** What was noted with the committed offset. */
    StageNote note() {
        return note;
    }

    /** Offset of the first record that no stage has been given, when this one was opened. */
    long committed() {
        return committed;
    }

    /** True for a record that a stage was given before the last commit: it is given again to become as it was. */
    boolean again(long offset) {
        return offset < committed;
    }

    Iterable<ConsumerRecord<ByteBuffer, ByteBuffer>> poll(Duration time) {
        return consumer.poll(time).records(partition);
    }

    /** Offset of the next record; transaction markers count. */
    long position() {
        return consumer.position(partition);
    }

    /** Records to the end of what is committed, as far as known. */
    long lag() {
        return consumer.currentLag(partition).orElse(0);
    }

    /** True when the input is complete and all of it has been read. */
    boolean drained(Map<Integer, Long> endOffsets) {
        return position() >= endOffsets.getOrDefault(partition.partition(), 0L);
    }

    @Override
    public void close() {
        KafkaClients.close(consumer);
    }
}
