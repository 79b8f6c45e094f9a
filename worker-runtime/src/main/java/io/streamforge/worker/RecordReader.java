package io.streamforge.worker;

import io.streamforge.messages.Task;
import io.streamforge.record.Op;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Finds the table of each record of an input, and tells its rows from everything else; for one thread. */
final class RecordReader {

    private final List<TableReader> tables = new ArrayList<>();
    private final Map<String, TableReader> byName = new HashMap<>();

    RecordReader(Task.Input input) {
        if (input.tables().isEmpty()) {
            tables.add(new TableReader(0, input.key(), input.value(), input.format()));
        }
        for (Task.Table table : input.tables()) {
            TableReader reader = new TableReader(tables.size(), table.key(), table.value(), input.format());
            tables.add(reader);
            byName.put(table.name(), reader);
        }
    }

    /** A record that holds no row of the input's tables. */
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
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
            throw new UnreadableException(
                    name == null ? "the record names no table" : "table '" + name + "' is none of the vertex's");
        }
        return table;
    }

    TableReader table(int index) {
        return tables.get(index);
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    static Op op(ConsumerRecord<ByteBuffer, ByteBuffer> record) throws UnreadableException {
        try {
            return RecordForm.op(record.headers(), record.value() == null);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException(String.valueOf(e.getMessage()));
        }
    }
}
