package io.streamforge.connector.file;

import io.streamforge.record.RejectedRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows of a batch that could not be read. */
final class Rejections {

    private static final int SHOWN_BYTES = 1024;

    private final String file;
    private List<RejectedRow> rows = new ArrayList<>();

    Rejections(String file) {
        this.file = file;
    }

    void add(long line, String code, String message, byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        byte[] raw = Arrays.copyOfRange(bytes, from, Math.min(end, from + SHOWN_BYTES));
        rows.add(new RejectedRow(file + ":" + line, code, message, raw));
    }

    int size() {
        return rows.size();
    }

    List<RejectedRow> take() {
        List<RejectedRow> taken = rows;
        rows = new ArrayList<>();
        return taken;
    }
}
