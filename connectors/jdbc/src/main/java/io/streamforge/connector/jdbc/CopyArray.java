package io.streamforge.connector.jdbc;

import io.streamforge.record.Column;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Arrays of one dimension; each element is encoded as if it were a column. */
final class CopyArray implements CopyColumn {

    private final RowSchema element;
    private final int oid;
    private final CopyColumn encoder;
    private final RowCursor cursor;

    CopyArray(Column element, int oid, CopyColumn encoder) {
        this.element = new RowSchema("element", List.of(element), List.of());
        this.oid = oid;
        this.encoder = encoder;
        cursor = new RowCursor(this.element);
    }

    @Override
    public void encode(RowCursor row, int index, CopyBuffer out) {
        List<?> items = (List<?>) Objects.requireNonNull(row.value(index));
        int lengthAt = out.length();
        out.putInt(0);
        out.putInt(items.isEmpty() ? 0 : 1);
        out.putInt(items.contains(null) ? 1 : 0);
        out.putInt(oid);
        if (!items.isEmpty()) {
            out.putInt(items.size());
            out.putInt(1);
            items.forEach(item -> encodeElement(item, out));
        }
        out.setInt(lengthAt, out.length() - lengthAt - Integer.BYTES);
    }

    private void encodeElement(@Nullable Object item, CopyBuffer out) {
        if (item == null) {
            out.putInt(-1);
            return;
        }
        byte[] encoded = RowWriter.encode(element, Collections.singletonList(item));
        encoder.encode(cursor.wrap(encoded, 0, encoded.length), 0, out);
    }
}
