package io.streamforge.worker;

import io.streamforge.messages.Task;
import io.streamforge.record.Op;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Finds the table of each record of an input, and tells its rows from everything else; for one thread. */
final class RecordReader {

    private final boolean evolving;
    private final boolean joining;
    private final List<TableReader> tables = new ArrayList<>();
    private final Map<String, TableReader> byName = new HashMap<>();

    RecordReader(Task.Input input) {
        evolving = input.evolving();
        joining = input.joining();
        if (input.tables().isEmpty()) {
            tables.add(new TableReader(0, input.key(), input.value(), input.format(), evolving));
        }
        for (Task.Table table : input.tables()) {
            TableReader reader = new TableReader(tables.size(), table.key(), table.value(), input.format(), evolving);
            tables.add(reader);
            byName.put(table.name(), reader);
        }
    }

    /** A record that holds no row of the input's tables. */
    static class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }

    /** A record whose row may have another schema by now than the input's table. */
    static final class OtherSchemaException extends UnreadableException {

        private static final long serialVersionUID = 1L;
        private final int table;
        private final int schemaId;

        OtherSchemaException(int table, int schemaId, String message) {
            super(message);
            this.table = table;
            this.schemaId = schemaId;
        }

        int table() {
            return table;
        }

        int schemaId() {
            return schemaId;
        }
    }

    /** A record of a table that the input did not have before. */
    static final class NewTableException extends UnreadableException {

        private static final long serialVersionUID = 1L;
        private final String table;
        private final int keyId;
        private final @Nullable Integer valueId;

        NewTableException(String table, int keyId, @Nullable Integer valueId) {
            super(unknown(table));
            this.table = table;
            this.keyId = keyId;
            this.valueId = valueId;
        }

        String table() {
            return table;
        }

        int keyId() {
            return keyId;
        }

        /** Null when the record is a delete. */
        @Nullable Integer valueId() {
            return valueId;
        }
    }

    /** Looks at a record that holds no row, which may say that those behind it have another schema. */
    void notice(ConsumerRecord<ByteBuffer, ByteBuffer> record) throws UnreadableException {
        if ((evolving || joining) && RecordForm.schemaChange(record.headers())) {
            table(record).value(record);
        }
    }

    /** The table of a record. */
    TableReader table(ConsumerRecord<ByteBuffer, ByteBuffer> record) throws UnreadableException {
        if (byName.isEmpty()) {
            return tables.get(0);
        }
        String name = RecordForm.table(record.headers());
        TableReader table = name == null ? null : byName.get(name);
        if (table == null) {
            throw name == null ? new UnreadableException("the record names no table") : strange(name, record);
        }
        return table;
    }

    /** A record that empties a table nobody knows empties nothing. */
    private UnreadableException strange(String name, ConsumerRecord<ByteBuffer, ByteBuffer> record)
            throws UnreadableException {
        ByteBuffer key = record.key();
        ByteBuffer value = record.value();
        return joining && key != null
                ? new NewTableException(
                        name, TableReader.schemaId(key), value == null ? null : TableReader.schemaId(value))
                : new UnreadableException(unknown(name));
    }

    private static String unknown(String table) {
        return "table '" + table + "' is none of the vertex's";
    }

    TableReader table(int index) {
        return tables.get(index);
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    /** When the row came to be, in microseconds since the epoch; when its record was written, where the source has no time. */
    static long micros(ConsumerRecord<ByteBuffer, ByteBuffer> record) throws UnreadableException {
        try {
            return RecordForm.micros(record.headers(), record.timestamp());
        } catch (NumberFormatException e) {
            throw new UnreadableException("the record's time is none: " + e.getMessage());
        }
    }

    static Op op(ConsumerRecord<ByteBuffer, ByteBuffer> record) throws UnreadableException {
        try {
            return RecordForm.op(record.headers(), record.value() == null);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException(String.valueOf(e.getMessage()));
        }
    }
}
