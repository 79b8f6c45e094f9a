package io.streamforge.connector.capture;

import io.streamforge.record.Column;
import io.streamforge.record.Op;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;

/** Rows of a table as it is, written in the schema its rows are written in: columns that are gone are null, others left out. */
final class RowProjection {

    private static final int GONE = -1;

    private final RowCursor cursor;
    private final RowWriter writer;
    private final int[] sources;
    private final boolean[] copied;

    RowProjection(RowSchema from, RowSchema to) {
        cursor = new RowCursor(from);
        writer = new RowWriter(to);
        sources = new int[to.size()];
        copied = new boolean[to.size()];
        for (int i = 0; i < to.size(); i++) {
            Column column = to.column(i);
            int source = from.indexOf(column.name());
            sources[i] = source < 0 ? GONE : source;
            copied[i] = source >= 0 && from.column(source).equals(column);
        }
    }

    RowBuffer apply(RowBuffer rows) {
        RowBuffer result = new RowBuffer(rows.byteSize(), rows.rows());
        writer.to(result);
        for (int row = 0; row < rows.rows(); row++) {
            Op op = rows.op(row);
            if (op == Op.DELETE || op == Op.TRUNCATE) {
                result.append(rows.array(), rows.start(row), rows.end(row), op, rows.timestampMicros(row));
            } else {
                write(rows, row);
                writer.endRow(op, rows.timestampMicros(row));
            }
        }
        return result;
    }

    private void write(RowBuffer rows, int row) {
        cursor.wrap(rows, row);
        for (int i = 0; i < sources.length; i++) {
            int source = sources[i];
            if (source == GONE) {
                writer.writeNull();
            } else if (copied[i]) {
                writer.copy(cursor.array(), cursor.start(source), cursor.end(source));
            } else {
                writer.writeValue(cursor.value(source));
            }
        }
    }
}
