package io.streamforge.worker;

import io.streamforge.messages.Task;
import io.streamforge.record.Framing;
import io.streamforge.record.JsonRows;
import io.streamforge.record.Op;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** How rows of one schema become keys and values of records; for one thread. */
final class TableForm {

    private final RowSchema rows;
    private final Task.@Nullable SchemaRef key;
    private final int valueId;
    private final RowCursor cursor;
    private final @Nullable RecordKeys keys;
    private final @Nullable JsonRows json;
    private final @Nullable Header table;

    /** @param table names the rows' table in each record; null when the topic has rows of one */
    TableForm(
            RowSchema rows,
            Task.@Nullable SchemaRef key,
            Task.SchemaRef value,
            Task.Format format,
            @Nullable Header table) {
        this.rows = rows;
        this.key = key;
        this.table = table;
        valueId = value.id();
        cursor = new RowCursor(rows);
        keys = key == null ? null : new RecordKeys(key.id(), rows, TaskParts.schema(key, "key schema"));
        json = format == Task.Format.JSON ? new JsonRows(rows) : null;
    }

    @Nullable Header table() {
        return table;
    }

    boolean keyed() {
        return keys != null;
    }

    int valueId() {
        return valueId;
    }

    /** Framing of a key that has no body; null when the rows have none. */
    byte @Nullable [] keyFraming() {
        return key == null ? null : Framing.frame(key.id(), new byte[0], 0, 0);
    }

    /** Whether the rows of a batch have this form. */
    boolean fits(RecordBatch batch) {
        List<?> columns = batch.schema().columns();
        return columns == rows.columns() || columns.equals(rows.columns());
    }

    /**
     * The schema that rows of other columns are to be registered with; their key stays what it is.
     *
     * @param promised as it is registered
     */
    RowSchema changed(RecordBatch batch, RowSchema promised) {
        RowSchema changed = new RowSchema(promised.name(), batch.schema().columns(), promised.key());
        if (key != null
                && !changed.keySchema().columns().equals(promised.keySchema().columns())) {
            throw mismatch(batch);
        }
        return changed;
    }

    VertexFailure mismatch(RecordBatch batch) {
        return VertexFailure.fatal(
                "SCHEMA-MISMATCH",
                "rows of '" + batch.schema().name() + "' have the columns "
                        + batch.schema().columns() + ", the topic's schema is " + rows.columns(),
                "source",
                "start the run again, so that it is compiled with the columns of now");
    }

    /** Null when the rows have no key, and for a row without bytes. */
    byte @Nullable [] key(RowBuffer buffer, int row) {
        Op op = buffer.op(row);
        if (keys == null || op == Op.TRUNCATE) {
            return null;
        }
        return op == Op.DELETE ? keys.ofDeleted(buffer, row) : keys.of(cursor.wrapFirst(buffer, row, keys.span()));
    }

    /** Null for a row of which only the key remains, or nothing. */
    byte @Nullable [] value(RowBuffer buffer, int row) {
        Op op = buffer.op(row);
        if (op == Op.DELETE || op == Op.TRUNCATE) {
            return null;
        }
        return json != null
                ? json.toBytes(cursor.wrap(buffer, row))
                : Framing.frame(valueId, buffer.array(), buffer.start(row), buffer.end(row));
    }
}
