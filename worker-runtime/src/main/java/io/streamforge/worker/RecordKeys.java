package io.streamforge.worker;

import io.streamforge.record.Framing;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;

/** Makes record keys: the key columns of a row, in key order, framed. */
final class RecordKeys {

    private final int schemaId;
    private final int[] columns;

    RecordKeys(int schemaId, RowSchema rows, RowSchema key) {
        this.schemaId = schemaId;
        columns = key.columns().stream()
                .mapToInt(column -> rows.indexOf(column.name()))
                .toArray();
        for (int column : columns) {
            if (column < 0) {
                throw VertexFailure.fatal(
                        "KEY-MISSING", "the rows lack a column of the key " + key.columns(), "operators", null);
            }
        }
    }

    byte[] of(RowCursor row) {
        int size = 0;
        for (int column : columns) {
            size += row.end(column) - row.start(column);
        }
        byte[] body = new byte[size];
        int at = 0;
        for (int column : columns) {
            int length = row.end(column) - row.start(column);
            System.arraycopy(row.array(), row.start(column), body, at, length);
            at += length;
        }
        return Framing.frame(schemaId, body, 0, size);
    }

    /** A deleted row is encoded as its key already. */
    byte[] ofDeleted(RowBuffer rows, int row) {
        return Framing.frame(schemaId, rows.array(), rows.start(row), rows.end(row));
    }
}
