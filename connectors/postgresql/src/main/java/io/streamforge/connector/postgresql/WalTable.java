package io.streamforge.connector.postgresql;

import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.Op;
import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Writes the changes of a table as rows; for one thread. */
final class WalTable {

    private static final int SHOWN = 2000;

    private final RowSchema schema;
    private final RowWriter rows;
    private final RowWriter keys;
    private final List<RejectedRow> rejected = new ArrayList<>();

    private RowBuffer buffer = new RowBuffer();

    WalTable(RowSchema schema) {
        this.schema = schema;
        rows = new RowWriter(schema);
        keys = new RowWriter(schema.keySchema());
    }

    RowSchema schema() {
        return schema;
    }

    /**
     * Adds a change; one whose unchanged values are not to be had any more is left out, because its row is gone by now and the log
     * will say so.
     *
     * @param row the new row, or for a delete its key
     */
    void add(Op op, Struct row, long timestampMicros, long lsn) {
        RowWriter writer = (op == Op.DELETE ? keys : rows).to(buffer);
        for (Column column : writer.schema().columns()) {
            if (CellValue.unavailable(value(row, column))) {
                return;
            }
        }
        try {
            for (Column column : writer.schema().columns()) {
                writer.writeValue(CellValue.of(value(row, column), column));
            }
            writer.endRow(op, timestampMicros);
        } catch (InvalidValueException e) {
            writer.abandonRow();
            rejected.add(new RejectedRow(
                    schema.name() + "@" + Lsn.text(lsn),
                    "POSTGRESQL-VALUE",
                    String.valueOf(e.getMessage()),
                    shown(row)));
        }
    }

    private static @Nullable Object value(Struct row, Column column) {
        return row.schema().field(column.name()) == null ? null : row.get(column.name());
    }

    private static byte[] shown(Struct row) {
        String text = row.toString();
        return text.substring(0, Math.min(SHOWN, text.length())).getBytes(StandardCharsets.UTF_8);
    }

    int size() {
        return buffer.rows() + rejected.size();
    }

    int bytes() {
        return buffer.byteSize();
    }

    /** What was added since the last call. */
    RowBuffer take() {
        RowBuffer taken = buffer;
        buffer = new RowBuffer();
        return taken;
    }

    /** What was refused since the last call. */
    List<RejectedRow> takeRejected() {
        List<RejectedRow> taken = List.copyOf(rejected);
        rejected.clear();
        return taken;
    }
}
