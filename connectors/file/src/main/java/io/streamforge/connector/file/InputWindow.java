package io.streamforge.connector.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A sliding window over the uncompressed bytes of a file. What lies from {@link #start} to {@link #end} has not been parsed
 * yet; some bytes before it are kept, so that a position can say what it stands behind.
 */
final class InputWindow implements AutoCloseable {

    /** Bytes at the beginning of the file and before a position that prove a file to be the one a position was taken in. */
    static final int HEAD = 1024;

    static final int TAIL = 256;

    private static final int INITIAL = 256 << 10;

    private final InputStream in;
    private final @Nullable FileChannel channel;
    private byte[] bytes = new byte[INITIAL];
    private byte[] head = new byte[0];
    private long base;
    private int start;
    private int end;
    private boolean atEnd;

    /** @param channel under {@code in} when offsets in both are the same, null when the file is compressed */
    InputWindow(InputStream in, @Nullable FileChannel channel) throws IOException {
        this.in = in;
        this.channel = channel;
        while (end < HEAD && fill()) {
            // a decompressor may give less than there is
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** True when no bytes follow {@link #end}. */
    boolean atEnd() {
        return atEnd;
    }

    void consume(int newStart) {
        start = newStart;
    }

    /** Offset of {@link #start} in the uncompressed file. */
    long offset() {
        return base + start;
    }

    int unparsed() {
        return end - start;
    }

    /** Reads more bytes behind the end; false when there are none. */
    boolean fill() throws IOException {
        if (end == bytes.length) {
            makeRoom();
        }
        int read = in.read(bytes, end, bytes.length - end);
        if (read < 0) {
            atEnd = true;
            return false;
        }
        end += read;
        if (base == 0 && head.length < HEAD) {
            head = Arrays.copyOf(bytes, Math.min(end, HEAD));
        }
        return true;
    }

    private void makeRoom() {
        int keep = Math.max(0, start - TAIL);
        int used = end - keep;
        byte[] target = used > bytes.length / 2 ? new byte[Math.multiplyExact(bytes.length, 2)] : bytes;
        System.arraycopy(bytes, keep, target, 0, used);
        bytes = target;
        base += keep;
        start -= keep;
        end = used;
    }

    /**
     * Moves to an offset not before the current one.
     *
     * @return false when the file ends before it
     */
    boolean skipTo(long offset) throws IOException {
        if (channel != null && offset - TAIL > base + end) {
            base = offset - TAIL;
            channel.position(base);
            start = 0;
            end = 0;
        }
        while (base + end < offset) {
            start = end;
            if (!fill()) {
                return false;
            }
        }
        start = (int) (offset - base);
        return true;
    }

    /** Checksum of the first bytes of the file that lie before the position. */
    long headChecksum() {
        return checksum(head, 0, (int) Math.min(head.length, offset()));
    }

    /** Checksum of the last bytes before the position. */
    long tailChecksum() {
        return checksum(bytes, Math.max(0, start - TAIL), start);
    }

    private static long checksum(byte[] bytes, int from, int to) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, to - from);
        return crc.getValue();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
