package io.streamforge.worker;

import io.streamforge.connector.SinkWriter.Progress;
import io.streamforge.messages.SinkNote;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Finds where a sink goes on: what the target itself says comes first, then Kafka's committed offsets, then the beginning. */
final class SinkPositions {

    private SinkPositions() {}

    /** The next offset of every partition as it would be committed; counters go to the board. */
    static Map<TopicPartition, OffsetAndMetadata> load(
            List<TopicPartition> partitions,
            Optional<Map<Integer, Progress>> restored,
            KafkaConsumer<?, ?> consumer,
            SinkBoard board) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(new HashSet<>(partitions));
        Map<TopicPartition, OffsetAndMetadata> next = new LinkedHashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata inKafka = committed.get(partition);
            Progress inTarget =
                    restored.map(known -> known.get(partition.partition())).orElse(null);
            SinkNote note = note(restored.isPresent(), inTarget, inKafka);
            long offset = inTarget == null ? offset(restored.isPresent(), inKafka) : inTarget.next();
            next.put(partition, new OffsetAndMetadata(offset, note.text()));
            board.loaded(partition.partition(), offset, note);
        }
        return next;
    }

    private static long offset(boolean targetKeepsOffsets, @Nullable OffsetAndMetadata inKafka) {
        return inKafka == null || targetLostRows(targetKeepsOffsets, inKafka) ? 0 : inKafka.offset();
    }

    /** A target that knows nothing of rows that were written to it is a new one: it gets everything. */
    private static boolean targetLostRows(boolean targetKeepsOffsets, OffsetAndMetadata inKafka) {
        SinkNote note = noted(inKafka);
        return targetKeepsOffsets && note.written() + note.rejected() > 0;
    }

    private static SinkNote note(
            boolean targetKeepsOffsets, @Nullable Progress inTarget, @Nullable OffsetAndMetadata inKafka) {
        SinkNote noted = noted(inKafka);
        if (inTarget == null) {
            return inKafka != null && targetLostRows(targetKeepsOffsets, inKafka) ? SinkNote.NOTHING : noted;
        }
        return new SinkNote(inTarget.written(), inTarget.rejected(), noted.unreadable(), noted.bytes());
    }

    private static SinkNote noted(@Nullable OffsetAndMetadata committed) {
        return SinkNote.parse(committed == null ? null : committed.metadata());
    }
}
