package io.streamforge.connector.mysql;

import io.streamforge.record.RowBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes that nobody has taken yet; neighbouring rows of one layout share a buffer. */
final class PendingChanges {

    private static final int EXPECTED_BYTES = 2048;
    private static final int EXPECTED_ROWS = 16;
    private static final long REJECTED_SIZE = 256;

    /** @param after where to go on when the change and all before it are durable */
    record Placed(Change change, BinlogPosition after) {}

    private final List<Placed> closed = new ArrayList<>();
    private Change.@Nullable Rows rows;
    private long closedBytes;

    /** Where rows of the layout belong; {@code reader} stands before the event they come from. */
    Change.Rows rows(TableLayout layout, LogReader reader) {
        Change.Rows current = rows;
        if (current == null || !current.layout().equals(layout)) {
            close(reader);
            current = new Change.Rows(layout, new RowBuffer(EXPECTED_BYTES, EXPECTED_ROWS), new ArrayList<>());
            rows = current;
        }
        return current;
    }

    /** Adds a change that is no row; {@code reader} stands before its event, which is its own group. */
    void add(Change change, LogReader reader) {
        close(reader);
        closed.add(new Placed(change, reader.position()));
    }

    /** All of them, the last one with the reader's position. */
    List<Placed> close(LogReader reader) {
        Change.Rows current = rows;
        if (current != null) {
            closedBytes = bytes();
            closed.add(new Placed(current, reader.position()));
            rows = null;
        }
        return closed;
    }

    boolean isEmpty() {
        return closed.isEmpty() && rows == null;
    }

    long bytes() {
        Change.Rows current = rows;
        return current == null
                ? closedBytes
                : closedBytes + current.rows().byteSize() + current.rejected().size() * REJECTED_SIZE;
    }
}
