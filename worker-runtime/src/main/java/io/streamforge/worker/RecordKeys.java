package io.streamforge.worker;

import io.streamforge.record.Framing;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import java.util.Arrays;

/** Makes record keys: the key columns of a row, in key order, framed. */
final class RecordKeys {

    private final int schemaId;
    private final int[] columns;
    private final int span;

    RecordKeys(int schemaId, RowSchema rows, RowSchema key) {
        this.schemaId = schemaId;
        columns = key.columns().stream()
                .mapToInt(column -> rows.indexOf(column.name()))
                .toArray();
        span = Arrays.stream(columns).max().orElse(-1) + 1;
        for (int column : columns) {
            if (column < 0) {
                throw VertexFailure.fatal(
                        "KEY-MISSING", "the rows lack a column of the key " + key.columns(), "operators", null);
            }
        }
    }

    /** @param row at least at its first {@link #span} columns */
    byte[] of(RowCursor row) {
        int size = 0;
        for (int column : columns) {
            size += row.end(column) - row.start(column);
        }
        byte[] framed = Framing.empty(schemaId, size);
        int at = Framing.SIZE;
        for (int column : columns) {
            int length = row.end(column) - row.start(column);
            System.arraycopy(row.array(), row.start(column), framed, at, length);
            at += length;
        }
        return framed;
    }

    /** How many columns of a row there are up to the last one of the key. */
    int span() {
        return span;
    }

    /** A deleted row is encoded as its key already. */
    byte[] ofDeleted(RowBuffer rows, int row) {
        return Framing.frame(schemaId, rows.array(), rows.start(row), rows.end(row));
    }
}
