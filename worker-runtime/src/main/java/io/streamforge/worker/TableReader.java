package io.streamforge.worker;

import io.streamforge.connector.SinkBatch;
import io.streamforge.messages.Task;
import io.streamforge.record.Framing;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.JsonRows;
import io.streamforge.record.Op;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import io.streamforge.worker.RecordReader.OtherSchemaException;
import io.streamforge.worker.RecordReader.UnreadableException;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Tells rows of one table from everything else; for one thread. */
final class TableReader {

    private final int index;
    private final int valueId;
    private final Task.@Nullable SchemaRef expectedKey;
    private final @Nullable JsonRows json;
    private final boolean evolving;
    private final RowWriter writer;
    private final RowCursor cursor;
    private final @Nullable RowCursor keyCursor;

    TableReader(int index, Task.@Nullable SchemaRef key, Task.SchemaRef value, Task.Format format, boolean evolving) {
        this.index = index;
        this.evolving = evolving;
        RowSchema rows = TaskParts.schema(value, "schema of its input");
        valueId = value.id();
        expectedKey = key;
        json = format == Task.Format.JSON ? new JsonRows(rows) : null;
        writer = new RowWriter(rows);
        cursor = new RowCursor(rows);
        keyCursor = key == null ? null : new RowCursor(TaskParts.schema(key, "key schema"));
    }

    /** Where the table stands among those of the topic. */
    int index() {
        return index;
    }

    /** The record's value as a framed Avro row, null for a delete; framing and schema id are checked, the row is not. */
    @Nullable ByteBuffer value(ConsumerRecord<ByteBuffer, ByteBuffer> record) throws UnreadableException {
        ByteBuffer value = record.value();
        if (value == null) {
            if (record.key() == null) {
                throw new UnreadableException("the record has neither key nor value");
            }
            return null;
        }
        if (json != null) {
            return fromJson(json, RecordReader.bytes(value));
        }
        requireValue(value);
        return value;
    }

    /** The record's key, checked as far as the value is. */
    @Nullable ByteBuffer key(ConsumerRecord<ByteBuffer, ByteBuffer> record) throws UnreadableException {
        ByteBuffer key = record.key();
        if (expectedKey != null) {
            if (key == null) {
                throw new UnreadableException("the record has no key");
            }
            requireSchema(key, expectedKey.id());
        }
        return key;
    }

    /**
     * The record's row, or of a delete its key, checked to the last byte; valid until the next call. What empties the table has
     * neither.
     */
    RowCursor row(ConsumerRecord<ByteBuffer, ByteBuffer> record, Op op) throws UnreadableException {
        if (op == Op.TRUNCATE) {
            return cursor;
        }
        ByteBuffer value = value(record);
        ByteBuffer key = key(record);
        try {
            if (value != null) {
                return wrap(cursor, value);
            }
            if (keyCursor == null || key == null) {
                throw new UnreadableException("the record is a delete, but the rows have no key");
            }
            return wrap(keyCursor, key);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException(String.valueOf(e.getMessage()));
        }
    }

    private static RowCursor wrap(RowCursor cursor, ByteBuffer framed) {
        byte[] bytes = framed.hasArray() ? framed.array() : RecordReader.bytes(framed);
        int from = framed.hasArray() ? framed.arrayOffset() + framed.position() : 0;
        return cursor.wrap(bytes, from + Framing.SIZE, from + framed.remaining());
    }

    /** Checks a row's key and value to the last byte. */
    void requireRow(SinkBatch rows, int row) throws UnreadableException {
        try {
            if (rows.hasValue(row)) {
                rows.value(row, cursor);
            }
            if (keyCursor != null && rows.hasKey(row)) {
                rows.key(row, keyCursor);
            }
        } catch (IllegalArgumentException e) {
            throw new UnreadableException(String.valueOf(e.getMessage()));
        }
    }

    private ByteBuffer fromJson(JsonRows rows, byte[] text) throws UnreadableException {
        RowBuffer buffer = new RowBuffer(text.length, 1);
        try {
            rows.read(text, 0, text.length, writer.to(buffer));
        } catch (InvalidValueException | JacksonException e) {
            throw new UnreadableException(String.valueOf(e.getMessage()));
        }
        writer.endRow();
        return ByteBuffer.wrap(Framing.frame(valueId, buffer.array(), 0, buffer.byteSize()));
    }

    private void requireValue(ByteBuffer framed) throws UnreadableException {
        int found = schemaId(framed);
        if (found != valueId) {
            throw evolving
                    ? new OtherSchemaException(index, found, other(found, valueId))
                    : new UnreadableException(other(found, valueId));
        }
    }

    private static void requireSchema(ByteBuffer framed, int schemaId) throws UnreadableException {
        int found = schemaId(framed);
        if (found != schemaId) {
            throw new UnreadableException(other(found, schemaId));
        }
    }

    static int schemaId(ByteBuffer framed) throws UnreadableException {
        try {
            return Framing.schemaId(framed);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException(String.valueOf(e.getMessage()));
        }
    }

    private static String other(int found, int schemaId) {
        return "the record's schema is " + found + ", the vertex reads schema " + schemaId;
    }
}
