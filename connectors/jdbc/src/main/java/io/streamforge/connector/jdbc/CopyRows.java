package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkBatch;
import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import java.util.List;

/** Rows of one schema, or their keys, as rows of binary COPY, without an object per value. */
final class CopyRows {

    private final RowCursor cursor;
    private final CopyColumn[] encoders;
    private final boolean keys;
    private final int[] key;

    /**
     * @param schema of the rows, or of their keys
     * @param keys whether the rows' keys are meant
     * @param targets the columns the row's columns go to, in the order of the schema
     * @param key indices of columns that are never null
     */
    CopyRows(RowSchema schema, boolean keys, List<TargetColumn> targets, List<Integer> key) {
        cursor = new RowCursor(schema);
        this.keys = keys;
        this.key = key.stream().mapToInt(Integer::intValue).toArray();
        encoders = new CopyColumn[schema.size()];
        for (int i = 0; i < encoders.length; i++) {
            Column column = schema.column(i);
            encoders[i] = CopyColumns.of(
                            column, PostgresType.parse(targets.get(i).type()))
                    .orElseThrow();
        }
    }

    /**
     * Appends one row of a batch.
     *
     * @throws InvalidValueException when a value does not fit; the buffer is as it was
     * @throws IllegalArgumentException when the bytes are no row of the schema; the buffer is as it was
     */
    void encode(SinkBatch batch, int row, CopyBuffer out) {
        int start = out.length();
        try {
            if (keys) {
                batch.key(row, cursor);
            } else {
                batch.value(row, cursor);
            }
            requireKey();
            out.putShort(encoders.length);
            for (int i = 0; i < encoders.length; i++) {
                if (cursor.isNull(i)) {
                    out.putInt(-1);
                } else {
                    encoders[i].encode(cursor, i, out);
                }
            }
        } catch (IllegalArgumentException | InvalidValueException e) {
            out.truncate(start);
            throw e;
        }
    }

    private void requireKey() {
        for (int column : key) {
            if (cursor.isNull(column)) {
                throw new InvalidValueException(cursor.schema().column(column), "null", "a key is never null");
            }
        }
    }
}
