package io.streamforge.connector;

import io.streamforge.record.Framing;
import io.streamforge.record.Op;
import io.streamforge.record.RowCursor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records on their way to a target, in the order of their partitions. Values are framed Avro rows of the context's schema,
 * keys framed rows of its key schema (of the table's schema, when several tables share a topic). They lie end to end in one
 * array and are read in place by a cursor.
 */
public final class SinkBatch {

    /** Of each row its key, which ends where its value starts, and its value; none takes no bytes. */
    private byte[] content = new byte[8192];

    private int[] valueStarts = new int[64];
    private int[] ends = new int[64];
    private Op[] ops = new Op[64];
    private int[] tables = new int[64];
    private int[] partitions = new int[64];
    private long[] offsets = new long[64];
    private int size;
    private int length;
    private final Map<Integer, Range> ranges = new TreeMap<>();
    private @Nullable Settlement settlement;

    /**
     * The offsets a batch covers in a partition: from {@code first} (what the target must be at) to before {@code next} (what
     * it is at afterwards); both count records that are not in the batch, such as transaction markers.
     */
    public record Range(long first, long next) {}

    /** Makes the dead letters of a batch durable before the batch itself is. */
    @FunctionalInterface
    public interface Settlement {

        /**
         * @param rejected rows of the batch, in ascending order; may be empty
         * @throws ConnectorException when they cannot be kept; nothing of the batch may be committed then
         */
        void settle(List<WriteResult.Rejection> rejected) throws ConnectorException;
    }

    /**
     * Puts a copy of a record at the end; the buffers stay as they are.
     *
     * @param key the framed key, null when it has none
     * @param value the framed row, null for a delete and for {@link Op#TRUNCATE}, which has no key either
     * @param table index of the row's schema in {@link SinkContext#schemas}
     */
    public void add(
            int partition, long offset, @Nullable ByteBuffer key, @Nullable ByteBuffer value, Op op, int table) {
        if (size == ops.length) {
            int wanted = size * 2;
            valueStarts = Arrays.copyOf(valueStarts, wanted);
            ends = Arrays.copyOf(ends, wanted);
            ops = Arrays.copyOf(ops, wanted);
            tables = Arrays.copyOf(tables, wanted);
            partitions = Arrays.copyOf(partitions, wanted);
            offsets = Arrays.copyOf(offsets, wanted);
        }
        append(key);
        valueStarts[size] = length;
        append(value);
        ends[size] = length;
        ops[size] = op;
        tables[size] = table;
        partitions[size] = partition;
        offsets[size] = offset;
        size++;
    }

    private void append(@Nullable ByteBuffer source) {
        if (source == null) {
            return;
        }
        int end = Math.addExact(length, source.remaining());
        if (end > content.length) {
            content =
                    Arrays.copyOf(content, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(end, content.length * 2L)));
        }
        source.get(source.position(), content, length, source.remaining());
        length = end;
    }

    /** Takes everything out; what it had room for it has room for again. Called by the worker when a writer is done with it. */
    public void clear() {
        size = 0;
        length = 0;
        ranges.clear();
        settlement = null;
    }

    /** Says that the batch covers the partition from {@code first} (kept from the first call) to before {@code next}. */
    public void cover(int partition, long first, long next) {
        ranges.merge(partition, new Range(first, next), (old, more) -> new Range(old.first(), more.next()));
    }

    /** Says who keeps the rejected rows; called by the worker, again before each attempt to write the batch. */
    public void settleWith(Settlement newSettlement) {
        settlement = newSettlement;
    }

    /**
     * Called by a writer right before it commits, once, with all the rows it rejects, so that none of them is lost when the
     * worker dies after the commit. A writer whose target keeps no offsets need not call it: its worker does so afterwards.
     */
    public void settle(List<WriteResult.Rejection> rejected) throws ConnectorException {
        Settlement current = settlement;
        settlement = null;
        if (current != null) {
            current.settle(rejected);
        }
    }

    public int size() {
        return size;
    }

    /** Bytes of all keys and values. */
    public int bytes() {
        return length;
    }

    /** Bytes of a row's key and value. */
    public int bytes(int row) {
        return ends[row] - keyStart(row);
    }

    public boolean hasKey(int row) {
        return valueStarts[row] > keyStart(row);
    }

    /** False for a delete and for {@link Op#TRUNCATE}. */
    public boolean hasValue(int row) {
        return ends[row] > valueStarts[row];
    }

    /**
     * Moves the cursor to a row's key.
     *
     * @throws IllegalArgumentException when there is none or it is no row of the cursor's schema
     */
    public RowCursor key(int row, RowCursor cursor) {
        return cursor.wrap(content, keyStart(row) + Framing.SIZE, valueStarts[row]);
    }

    /**
     * Moves the cursor to a row's value.
     *
     * @throws IllegalArgumentException when there is none or it is no row of the cursor's schema
     */
    public RowCursor value(int row, RowCursor cursor) {
        return cursor.wrap(content, valueStarts[row] + Framing.SIZE, ends[row]);
    }

    /** A row's key as it lay in the topic, in a view of this batch; null when it has none. */
    public @Nullable ByteBuffer key(int row) {
        return hasKey(row) ? ByteBuffer.wrap(content, keyStart(row), valueStarts[row] - keyStart(row)) : null;
    }

    /** A row's value as it lay in the topic, in a view of this batch; null when it has none. */
    public @Nullable ByteBuffer value(int row) {
        return hasValue(row) ? ByteBuffer.wrap(content, valueStarts[row], ends[row] - valueStarts[row]) : null;
    }

    private int keyStart(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    public Op op(int row) {
        return ops[row];
    }

    /** Index of the row's schema in {@link SinkContext#schemas}. */
    public int table(int row) {
        return tables[row];
    }

    public int partition(int row) {
        return partitions[row];
    }

    public long offset(int row) {
        return offsets[row];
    }

    /** What the batch covers, by partition. */
    public Map<Integer, Range> ranges() {
        return ranges;
    }
}
