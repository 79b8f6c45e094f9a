package io.streamforge.connector.jdbc.source;

import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays of one dimension; each element is decoded as if it were a row of one column. */
final class PostgresArrayCell implements PostgresCell {

    private static final int DIMENSIONS_AT = 12;
    private static final int ELEMENTS_AT = 20;

    private final Column column;
    private final PostgresCell decoder;
    private final RowSchema schema;
    private final RowCursor cursor;

    PostgresArrayCell(Column column, Column element, PostgresCell decoder) {
        this.column = column;
        this.decoder = decoder;
        schema = new RowSchema("element", List.of(element), List.of());
        cursor = new RowCursor(schema);
    }

    @Override
    public void decode(byte[] source, int at, int length, RowWriter out) {
        int dimensions = BigEndian.int32(source, at);
        if (dimensions > 1) {
            throw new InvalidValueException(column, dimensions + " dimensions", "is not a list");
        }
        int size = dimensions == 0 ? 0 : BigEndian.int32(source, at + DIMENSIONS_AT);
        List<@Nullable Object> items = new ArrayList<>(size);
        RowWriter elements = new RowWriter(schema);
        int next = at + ELEMENTS_AT;
        for (int i = 0; i < size; i++) {
            int bytes = BigEndian.int32(source, next);
            next += Integer.BYTES;
            if (bytes < 0) {
                elements.writeNull();
            } else {
                decoder.decode(source, next, bytes, elements);
                next += bytes;
            }
            elements.endRow();
        }
        for (int i = 0; i < size; i++) {
            items.add(cursor.wrap(elements.buffer(), i).value(0));
        }
        out.writeValue(items);
    }
}
