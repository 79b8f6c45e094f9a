package io.streamforge.connector.capture;

import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table as the database has it and as its rows are written. */
final class CapturedTable {

    private RowSchema found;
    private RowSchema written;
    private @Nullable RowProjection projection;
    /** False while it is not known what the table was at the place where reading goes on. */
    private boolean settled;

    /**
     * @param schema of the run's beginning
     * @param known as they were at the position, where it keeps them
     * @param begins the log is read from now on
     */
    CapturedTable(RowSchema schema, Optional<TableColumns> known, boolean begins) {
        found = schema;
        written = schema;
        settled = begins || known.isPresent();
        known.ifPresent(columns -> change(columns.found(schema), columns.written(schema)));
    }

    TableColumns columns() {
        return new TableColumns(found.columns(), written.columns());
    }

    boolean settled() {
        return settled;
    }

    /** The log has told what the table is. */
    void settle() {
        settled = true;
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
