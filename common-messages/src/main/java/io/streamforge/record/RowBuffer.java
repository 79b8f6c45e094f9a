package io.streamforge.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encoded rows laid end to end in one growing array. Not safe for use by several threads; a batch that has been handed on
 * must not be written to any more.
 */
public final class RowBuffer {

    private static final int INITIAL_BYTES = 8192;
    private static final int INITIAL_ROWS = 64;

    private byte[] bytes;
    private int length;
    private int[] ends;
    private int rows;
    private Op @Nullable [] ops;
    private long @Nullable [] timestamps;

    public RowBuffer() {
        this(INITIAL_BYTES, INITIAL_ROWS);
    }

    public RowBuffer(int expectedBytes, int expectedRows) {
        bytes = new byte[Math.max(16, expectedBytes)];
        ends = new int[Math.max(4, expectedRows)];
    }

    public int rows() {
        return rows;
    }

    /** Bytes of all finished rows. */
    public int byteSize() {
        return rows == 0 ? 0 : ends[rows - 1];
    }

    /** The array that holds the rows; shared, valid until the next write. */
    public byte[] array() {
        return bytes;
    }

    public int start(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    public int end(int row) {
        return ends[row];
    }

    public Op op(int row) {
        return ops == null ? Op.UPSERT : ops[row];
    }

    /** Source time of the row in microseconds since the epoch, or {@link Long#MIN_VALUE} when the source has none. */
    public long timestampMicros(int row) {
        return timestamps == null ? Long.MIN_VALUE : timestamps[row];
    }

    /** Puts a copy of an encoded row at the end. */
    public void append(byte[] source, int from, int to, Op op, long timestampMicros) {
        ensure(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
        finishRow(op, timestampMicros);
    }

    /** Makes room for {@code more} bytes after the current end and returns the array to write them to. */
    byte[] ensure(int more) {
        if (bytes.length - length < more) {
            long wanted = Math.max((long) bytes.length * 2, (long) length + more);
            if (wanted > Integer.MAX_VALUE - 16) {
                throw new IllegalStateException(
                        "a batch cannot hold more than 2 GiB; the source must emit smaller ones");
            }
            bytes = Arrays.copyOf(bytes, (int) wanted);
        }
        return bytes;
    }

    int position() {
        return length;
    }

    void position(int newLength) {
        length = newLength;
    }

    void finishRow(Op op, long timestampMicros) {
        if (rows == ends.length) {
            grow();
        }
        if (op != Op.UPSERT || ops != null) {
            setOp(op);
        }
        if (timestampMicros != Long.MIN_VALUE || timestamps != null) {
            setTimestamp(timestampMicros);
        }
        ends[rows++] = length;
    }

    void abandonRow() {
        length = byteSize();
    }

    private void grow() {
        int wanted = rows * 2;
        ends = Arrays.copyOf(ends, wanted);
        if (ops != null) {
            ops = Arrays.copyOf(ops, wanted);
        }
        if (timestamps != null) {
            timestamps = Arrays.copyOf(timestamps, wanted);
        }
    }

    private void setOp(Op op) {
        Op[] target = ops;
        if (target == null) {
            target = new Op[ends.length];
            Arrays.fill(target, 0, rows, Op.UPSERT);
            ops = target;
        }
        target[rows] = op;
    }

    private void setTimestamp(long timestampMicros) {
        long[] target = timestamps;
        if (target == null) {
            target = new long[ends.length];
            Arrays.fill(target, 0, rows, Long.MIN_VALUE);
            timestamps = target;
        }
        target[rows] = timestampMicros;
    }
}
