package io.streamforge.record;

import java.util.List;

/**
 * The unit inside a worker: rows of one schema, what could not become a row, and the source's position after all of it. A
 * batch without rows may carry a position alone.
 *
 * @param schema of the rows; a row with {@link Op#DELETE} is encoded by {@link RowSchema#keySchema} instead, one with {@link
 *     Op#TRUNCATE} has no bytes; of a source of several tables, the name says which table
 * @param rows encoded rows; nobody writes to them once the batch exists
 * @param position of the source after the last row
 * @param rejected input before the position that is not among the rows
 */
public record RecordBatch(RowSchema schema, RowBuffer rows, Position position, List<RejectedRow> rejected) {

    public RecordBatch {
        rejected = List.copyOf(rejected);
    }

    public RecordBatch(RowSchema schema, RowBuffer rows, Position position) {
        this(schema, rows, position, List.of());
    }

    public int size() {
        return rows.rows();
    }
}
