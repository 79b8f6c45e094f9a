package io.streamforge.worker;

import io.streamforge.connector.SinkBatch;
import io.streamforge.record.Op;
import io.streamforge.worker.RecordReader.NewTableException;
import io.streamforge.worker.RecordReader.OtherSchemaException;
import io.streamforge.worker.RecordReader.UnreadableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Rows on their way from the fetching to the writing thread, and the records among them that hold none. */
final class FetchedBatch {

    /** A record that is no row, as it lay in the topic. */
    record Unreadable(
            int partition,
            long offset,
            @Nullable ByteBuffer key,
            @Nullable ByteBuffer value,
            String message) {}

    private final SinkBatch rows = new SinkBatch();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private long begunAt = System.nanoTime();
    private long sourceMillis = Long.MAX_VALUE;

    /**
     * Begins anew behind another batch. One without rows is not written, so what it covers belongs to the next one as well: the
     * target must be told every offset from where it stands.
     */
    void beginAfter(FetchedBatch handedOver) {
        rows.clear();
        unreadable.clear();
        begunAt = System.nanoTime();
        sourceMillis = Long.MAX_VALUE;
        if (handedOver.withoutRows()) {
            handedOver.ranges().forEach((partition, range) -> rows.cover(partition, range.first(), range.next()));
        }
    }

    /** @throws UnreadableException when the record, and what lies behind it, may need another reader */
    void add(ConsumerRecord<ByteBuffer, ByteBuffer> record, RecordReader reader) throws UnreadableException {
        try {
            if (RecordForm.withoutRow(record.headers())) {
                reader.notice(record);
                return;
            }
            TableReader table = reader.table(record);
            Op op = RecordReader.op(record);
            boolean truncate = op == Op.TRUNCATE;
            ByteBuffer value = truncate ? null : table.value(record);
            ByteBuffer key = truncate ? null : table.key(record);
            rows.add(record.partition(), record.offset(), key, value, op, table.index());
        } catch (OtherSchemaException | NewTableException e) {
            throw e;
        } catch (UnreadableException e) {
            addUnreadable(record, String.valueOf(e.getMessage()));
        }
    }

    void addUnreadable(ConsumerRecord<ByteBuffer, ByteBuffer> record, String message) {
        unreadable.add(new Unreadable(record.partition(), record.offset(), record.key(), record.value(), message));
    }

    /** The batch without rows that are none at the second look; for after a writer stumbled over one. */
    FetchedBatch sifted(RecordReader reader) {
        FetchedBatch sifted = new FetchedBatch();
        sifted.unreadable.addAll(unreadable);
        sifted.sourceMillis = sourceMillis;
        for (int row = 0; row < rows.size(); row++) {
            ByteBuffer key = rows.key(row);
            ByteBuffer value = rows.value(row);
            Op op = rows.op(row);
            try {
                reader.table(rows.table(row)).requireRow(rows, row);
                sifted.rows.add(rows.partition(row), rows.offset(row), key, value, op, rows.table(row));
            } catch (UnreadableException e) {
                sifted.unreadable.add(new Unreadable(
                        rows.partition(row), rows.offset(row), key, value, String.valueOf(e.getMessage())));
            }
        }
        rows.ranges().forEach((partition, range) -> sifted.rows.cover(partition, range.first(), range.next()));
        return sifted;
    }

    /** Some rows of the batch are as old as this; asked once for many rows, because they come in the order of their times. */
    void since(long millis) {
        sourceMillis = Math.min(sourceMillis, millis);
    }

    /** Time of the oldest row by the source's clock, {@link Long#MAX_VALUE} without rows. */
    long sourceMillis() {
        return sourceMillis;
    }

    SinkBatch rows() {
        return rows;
    }

    List<Unreadable> unreadable() {
        return unreadable;
    }

    Map<Integer, SinkBatch.Range> ranges() {
        return rows.ranges();
    }

    /** True when there is nothing to do but to remember how far has been read. */
    boolean withoutRows() {
        return rows.size() == 0 && unreadable.isEmpty();
    }

    boolean full(Tuning tuning) {
        return rows.size() >= tuning.batchRows() || rows.bytes() >= tuning.batchBytes();
    }

    long ageNanos() {
        return System.nanoTime() - begunAt;
    }
}
