package io.streamforge.connector;

import io.streamforge.record.Op;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records on their way to a target, in the order of their partitions. Values are framed Avro rows of the context's schema,
 * keys framed rows of its key schema (of the table's schema, when several tables share a topic): wrap them at {@link io.streamforge.record.Framing#SIZE}.
 */
public final class SinkBatch {

    private byte[] @Nullable [] keys = new byte[64][];
    private byte[] @Nullable [] values = new byte[64][];
    private Op[] ops = new Op[64];
    private int[] tables = new int[64];
    private int[] partitions = new int[64];
    private long[] offsets = new long[64];
    private int size;
    private long bytes;
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

    public void add(int partition, long offset, byte @Nullable [] key, byte @Nullable [] value, Op op) {
        add(partition, offset, key, value, op, 0);
    }

    /** @param table index of the row's schema in {@link SinkContext#schemas} */
    public void add(int partition, long offset, byte @Nullable [] key, byte @Nullable [] value, Op op, int table) {
        if (size == ops.length) {
            int wanted = size * 2;
            keys = Arrays.copyOf(keys, wanted);
            values = Arrays.copyOf(values, wanted);
            ops = Arrays.copyOf(ops, wanted);
            tables = Arrays.copyOf(tables, wanted);
            partitions = Arrays.copyOf(partitions, wanted);
            offsets = Arrays.copyOf(offsets, wanted);
        }
        keys[size] = key;
        values[size] = value;
        ops[size] = op;
        tables[size] = table;
        partitions[size] = partition;
        offsets[size] = offset;
        size++;
        bytes += (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
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

    public long bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    public byte @Nullable [] key(int row) {
        return keys[row];
    }

    /** Null for a delete and for {@link Op#TRUNCATE}, which has no key either. */
    public byte @Nullable [] value(int row) {
        return values[row];
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
