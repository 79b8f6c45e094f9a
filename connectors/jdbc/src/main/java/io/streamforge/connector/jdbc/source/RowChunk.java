package io.streamforge.connector.jdbc.source;

import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import java.util.List;

/**
 * Some rows of a query.
 *
 * @param lastKey the order's columns of the last row, as {@link KeyText}s; empty when there is no order
 */
public record RowChunk(RowBuffer rows, List<RejectedRow> rejected, List<String> lastKey) {

    public RowChunk {
        rejected = List.copyOf(rejected);
        lastKey = List.copyOf(lastKey);
    }

    /** Rows read, good and bad. */
    public int size() {
        return rows.rows() + rejected.size();
    }
}
