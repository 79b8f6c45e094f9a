package io.streamforge.connector.postgresql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.LogEvent;
import io.streamforge.record.Op;
import io.streamforge.record.RowSchema;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Makes events of Debezium's records: consecutive changes of a table become one; for one thread. */
final class WalTranslator {

    private static final int MOST_ROWS = 4096;
    private static final int MOST_BYTES = 256 << 10;
    /** Transactions older than so many are visible to everybody. */
    private static final int REMEMBERED = 20_000;

    private static final String TRUNCATE = "t";
    private static final String TRANSACTIONS = DebeziumSettings.PREFIX + ".transaction";
    private static final String MESSAGES = DebeziumSettings.PREFIX + ".message";

    private final ResumePoint resume;
    private final Schemas schemas;
    private final Map<String, WalTable> tables = new HashMap<>();
    private final Map<String, Schema> seen = new HashMap<>();
    private final Set<Long> transactions = new LinkedHashSet<>();
    private final Queue<LogEvent> events = new ArrayDeque<>();
    private @Nullable WalTable current;

    /** Finds out what a table looks like. */
    @FunctionalInterface
    interface Schemas {

        /**
         * @param known as the table was
         * @param row whose fields are the table's columns at this place of the log
         */
        RowSchema of(RowSchema known, Schema row) throws ConnectorException;
    }

    WalTranslator(ResumePoint resume, Iterable<RowSchema> known, Schemas schemas) {
        this.resume = resume;
        this.schemas = schemas;
        known.forEach(schema -> tables.put(schema.name(), new WalTable(schema)));
    }

    /** Takes in a batch. */
    void take(Iterable<SourceRecord> records) throws ConnectorException {
        for (SourceRecord record : records) {
            if (record.topic().equals(TRANSACTIONS)) {
                boundary(record);
            } else if (!record.topic().equals(MESSAGES) && record.value() instanceof Struct value) {
                change(record, value);
            }
        }
        flush();
    }

    @Nullable LogEvent next() {
        return events.poll();
    }

    /** Ids of the transactions that events were given of, those alone that a snapshot may not show yet. */
    Set<Long> transactions() {
        return transactions;
    }

    private void boundary(SourceRecord record) {
        if (String.valueOf(((Struct) record.value()).get("status")).equals("END")) {
            resume.committed(number(record.sourceOffset(), "lsn_commit"));
            if (current == null || current.size() == 0) {
                events.add(new LogEvent.Reached(resume.position()));
            }
            flush();
        } else {
            remember(number(record.sourceOffset(), "txId"));
        }
    }

    private void remember(long transaction) {
        transactions.add(transaction);
        if (transactions.size() > REMEMBERED) {
            transactions.remove(transactions.iterator().next());
        }
    }

    private void change(SourceRecord record, Struct value) throws ConnectorException {
        Struct source = value.getStruct("source");
        String name = source.getString("schema") + "." + source.getString("table");
        WalTable table = tables.get(name);
        if (table == null) {
            return;
        }
        String op = value.getString("op");
        table = schema(table, value);
        if (table != current || table.size() >= MOST_ROWS || table.bytes() >= MOST_BYTES || op.equals(TRUNCATE)) {
            flush();
        }
        long lsn = number(record.sourceOffset(), "lsn");
        if (!resume.change(number(record.sourceOffset(), "txId"), lsn)) {
            return;
        }
        long micros = source.getInt64("ts_us");
        if (op.equals(TRUNCATE)) {
            events.add(new LogEvent.Truncated(name, micros, resume.position()));
        } else {
            table.add(op(op), row(record, value, op), micros, lsn);
            current = table;
        }
    }

    /** The table as it is at this place of the log. */
    private WalTable schema(WalTable table, Struct value) throws ConnectorException {
        String name = table.schema().name();
        Schema row = value.schema().field("after").schema();
        Schema before = seen.put(name, row);
        if (before == row || row.equals(before)) {
            return table;
        }
        RowSchema found = schemas.of(table.schema(), row);
        if (found.equals(table.schema())) {
            return table;
        }
        flush();
        events.add(new LogEvent.SchemaChanged(found, "ALTER TABLE " + name, resume.position()));
        WalTable changed = new WalTable(found);
        tables.put(name, changed);
        return changed;
    }

    private static Op op(String op) {
        return switch (op) {
            case "c", "r" -> Op.CREATE;
            case "u" -> Op.UPDATE;
            case "d" -> Op.DELETE;
            default -> throw new IllegalStateException("a change of kind '" + op + "' is not known");
        };
    }

    private static Struct row(SourceRecord record, Struct value, String op) {
        return op.equals("d") ? (Struct) record.key() : value.getStruct("after");
    }

    private void flush() {
        WalTable table = current;
        current = null;
        if (table != null && table.size() > 0) {
            events.add(new LogEvent.Rows(table.schema(), table.take(), resume.position(), table.takeRejected()));
        }
    }

    private static long number(Map<String, ?> offset, String name) {
        return offset.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
