package io.streamforge.connector.mysql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.CaptureErrors;
import io.streamforge.connector.capture.LogPosition;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where to go on reading: before a group of events, or inside it.
 *
 * @param server identity of the server whose files these are
 * @param file name of the binary log's file
 * @param offset of the group in the file
 * @param created when the file was begun, seconds since the epoch; 0 when not known. A file of the same name and another time
 *     is another file.
 * @param gtids all transactions before the group as the server writes them; empty when it has none
 * @param inside end of the last event of the group that has been handed on; 0 when none has
 * @param layouts of the captured tables there
 */
record BinlogPosition(String server, String file, long offset, long created, String gtids, long inside, Layouts layouts)
        implements LogPosition {

    private static final String SERVER = "server";
    private static final String FILE = "file";
    private static final String OFFSET = "pos";
    private static final String CREATED = "created";
    private static final String GTIDS = "gtid";
    private static final String INSIDE = "inside";
    private static final String LAYOUTS = "layouts";

    /** What {@link #values} gave. */
    static BinlogPosition of(Map<String, Object> values) throws ConnectorException {
        if (!(values.get(SERVER) instanceof String server)
                || !(values.get(FILE) instanceof String file)
                || !(values.get(OFFSET) instanceof Number offset)) {
            throw CaptureErrors.position("the position is none of a binary log: " + values.keySet());
        }
        return new BinlogPosition(
                server,
                file,
                offset.longValue(),
                number(values.get(CREATED)),
                values.get(GTIDS) instanceof String gtids ? gtids : "",
                number(values.get(INSIDE)),
                Layouts.ofJson(values.get(LAYOUTS)));
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(SERVER, server);
        values.put(FILE, file);
        values.put(OFFSET, offset);
        values.put(CREATED, created);
        if (!gtids.isEmpty()) {
            values.put(GTIDS, gtids);
        }
        if (inside > 0) {
            values.put(INSIDE, inside);
        }
        values.put(LAYOUTS, layouts.json());
        return values;
    }

    @Override
    public boolean covers(LogPosition other) {
        return other instanceof BinlogPosition place && compare(file, offset, place.file, place.offset) >= 0;
    }

    BinlogPosition with(Layouts newLayouts) {
        return new BinlogPosition(server, file, offset, created, gtids, inside, newLayouts);
    }

    /** Order in the log of one server; the numbers of its files count up behind the last dot. */
    static int compare(String file, long offset, String otherFile, long otherOffset) {
        int byFile = Long.compare(number(file), number(otherFile));
        return byFile != 0 ? byFile : Long.compare(offset, otherOffset);
    }

    private static long number(String file) {
        String digits = file.substring(file.lastIndexOf('.') + 1);
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
    }

    @Override
    public String toString() {
        return file + ":" + offset + (inside == 0 ? "" : "/" + inside);
    }
}
