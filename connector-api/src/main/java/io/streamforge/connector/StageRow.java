package io.streamforge.connector;

import io.streamforge.record.Op;
import io.streamforge.record.RowCursor;

/**
 * A row on its way into a stage.
 *
 * @param offset in its partition; grows, with gaps
 * @param table index of its schema among those the stage was planned with
 * @param op never {@link Op#TRUNCATE} unless the source truncates tables; then the cursor has no row
 * @param timestampMicros the source's time in microseconds since the epoch; the time it was written to the topic when the
 *     source has none
 * @param cursor at the row; of {@link Op#DELETE} at its key, with the schema's {@code keySchema}
 */
public record StageRow(long offset, int table, Op op, long timestampMicros, RowCursor cursor) {}
