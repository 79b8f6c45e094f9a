package io.streamforge.connector.jdbc;

import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.JsonRows;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.util.Collections;
import java.util.List;

/** Arrays and maps as JSON documents. */
final class CopyNestedJson implements CopyColumn {

    private final RowSchema text;
    private final CopyText encoder;

    CopyNestedJson(Column column, boolean jsonb) {
        text = new RowSchema("json", List.of(Column.required(column.name(), DataType.JSON)), List.of());
        encoder = jsonb ? CopyText.jsonb(text.column(0)) : new CopyText(text.column(0), -1);
    }

    @Override
    public void encode(RowCursor row, int index, CopyBuffer out) {
        byte[] document = RowWriter.encode(text, Collections.singletonList(JsonRows.text(row, index)));
        encoder.encode(new RowCursor(text).wrap(document, 0, document.length), 0, out);
    }
}
