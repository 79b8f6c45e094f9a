package io.streamforge.connector.file;

import java.util.Arrays;

/**
 * Finds the cells of one CSV row (RFC 4180; LF or CRLF ends a row) without copying them. Text after a closing quote and a quote
 * that is never closed make a row broken.
 */
final class CsvFields {

    static final int NEED_MORE = -1;
    static final int BROKEN = -2;

    private static final byte QUOTED = 1;
    private static final byte ESCAPED = 2;
    private static final byte NON_ASCII = 4;

    private final int delimiter;
    private final int quote;
    private final int escape;
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private byte[] flags = new byte[32];
    private byte[] scratch = new byte[256];
    private int count;
    private int lineEnds;

    CsvFields(CsvDialect dialect) {
        delimiter = dialect.delimiter();
        quote = dialect.quote();
        escape = dialect.escape();
    }

    /**
     * Finds the row that begins at {@code from}.
     *
     * @param end whether the input ends at {@code to}
     * @return index after the row and its line end, {@link #NEED_MORE} or {@link #BROKEN}
     */
    int split(byte[] bytes, int from, int to, boolean end) {
        int at = from;
        count = 0;
        lineEnds = 0;
        while (true) {
            int next = at < to && bytes[at] == quote ? quoted(bytes, at + 1, to, end) : plain(bytes, at, to);
            if (next < 0) {
                return next;
            }
            if (next == to) {
                return end ? to : NEED_MORE;
            }
            at = next + 1;
            if (bytes[next] == '\n') {
                lineEnds++;
                return at;
            }
        }
    }

    private int plain(byte[] bytes, int from, int to) {
        int all = 0;
        int at = from;
        byte b = 0;
        while (at < to && (b = bytes[at]) != delimiter && b != '\n') {
            all |= b;
            at++;
        }
        boolean lastOfRow = at == to || b == '\n';
        int cellEnd = lastOfRow && at > from && bytes[at - 1] == '\r' ? at - 1 : at;
        add(from, cellEnd, all < 0 ? NON_ASCII : 0);
        return at;
    }

    private int quoted(byte[] bytes, int from, int to, boolean end) {
        int flag = QUOTED;
        int all = 0;
        int at = from;
        while (at < to) {
            int b = bytes[at];
            if (b == quote && !(escape == quote && at + 1 < to && bytes[at + 1] == quote)) {
                if (at + 1 == to && !end) {
                    return NEED_MORE;
                }
                add(from, at, all < 0 ? flag | NON_ASCII : flag);
                return afterQuote(bytes, at + 1, to, end);
            }
            if (b == escape) {
                flag |= ESCAPED;
                at++;
            } else if (b == '\n') {
                lineEnds++;
            }
            all |= b;
            at++;
        }
        return end ? BROKEN : NEED_MORE;
    }

    private int afterQuote(byte[] bytes, int from, int to, boolean end) {
        int at = from < to && bytes[from] == '\r' ? from + 1 : from;
        if (at == to) {
            return end ? to : NEED_MORE;
        }
        if (bytes[at] == '\n' || (bytes[at] == delimiter && at == from)) {
            return at;
        }
        return BROKEN;
    }

    private void add(int start, int end, int flag) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            flags = Arrays.copyOf(flags, count * 2);
        }
        starts[count] = start;
        ends[count] = end;
        flags[count] = (byte) flag;
        count++;
    }

    /** Cells of the row. */
    int count() {
        return count;
    }

    /** Line ends within and after the row. */
    int lineEnds() {
        return lineEnds;
    }

    boolean blank() {
        return count == 1 && starts[0] == ends[0] && flags[0] == 0;
    }

    int start(int cell) {
        return starts[cell];
    }

    int end(int cell) {
        return ends[cell];
    }

    boolean quoted(int cell) {
        return (flags[cell] & QUOTED) != 0;
    }

    boolean ascii(int cell) {
        return (flags[cell] & NON_ASCII) == 0;
    }

    /** Whether the cell's bytes are not its text; then {@link #unescape} gives it. */
    boolean escaped(int cell) {
        return (flags[cell] & ESCAPED) != 0;
    }

    /** Puts the cell's text at the beginning of {@link #scratch} and returns its length. */
    int unescape(byte[] bytes, int cell) {
        int from = starts[cell];
        int to = ends[cell];
        if (scratch.length < to - from) {
            scratch = new byte[to - from];
        }
        int length = 0;
        for (int at = from; at < to; at++) {
            if (bytes[at] == escape && at + 1 < to) {
                at++;
            }
            scratch[length++] = bytes[at];
        }
        return length;
    }

    byte[] scratch() {
        return scratch;
    }
}
