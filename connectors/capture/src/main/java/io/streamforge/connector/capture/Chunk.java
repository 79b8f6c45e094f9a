package io.streamforge.connector.capture;

import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import java.util.List;

/**
 * Rows of a key range.
 *
 * @param rows in key order
 * @param rejected what the range holds besides and could not become rows
 * @param lastKey of the last row, as text by which the reader finds it again; of the range's end when there are no rows
 * @param last the table has no rows behind it, up to its high key
 * @param high a log position taken after the rows were read: every change they do not show yet lies behind what the log had given
 *     when reading began, and whatever lies behind {@code high} is newer than the rows
 */
public record Chunk(RowBuffer rows, List<RejectedRow> rejected, List<String> lastKey, boolean last, LogPosition high) {

    public Chunk {
        rejected = List.copyOf(rejected);
        lastKey = List.copyOf(lastKey);
    }

    public Chunk(RowBuffer rows, List<String> lastKey, boolean last, LogPosition high) {
        this(rows, List.of(), lastKey, last, high);
    }
}
