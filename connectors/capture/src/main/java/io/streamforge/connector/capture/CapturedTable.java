package io.streamforge.connector.capture;

import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import org.jspecify.annotations.Nullable;

/** A table as the database has it and as its rows are written. */
final class CapturedTable {

    private RowSchema found;
    private RowSchema written;
    private @Nullable RowProjection projection;

    CapturedTable(RowSchema schema) {
        found = schema;
        written = schema;
    }

    RowSchema found() {
        return found;
    }

    RowSchema written() {
        return written;
    }

    void change(RowSchema newFound, RowSchema newWritten) {
        found = newFound;
        written = newWritten;
        projection = newFound.columns().equals(newWritten.columns()) ? null : new RowProjection(newFound, newWritten);
    }

    /** The rows as they are written. */
    RowBuffer shape(RowBuffer rows) {
        return projection == null ? rows : projection.apply(rows);
    }
}
