package io.streamforge.connector;

import io.streamforge.record.Op;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a stage gives: rows of its output tables, and its objection to the row at hand. The order of rows is kept within a table,
 * not between tables. For one thread.
 */
public final class StageOutput {

    private final List<Table> tables = new ArrayList<>();
    private Optional<Rejection> rejection = Optional.empty();

    /**
     * Why a row was rejected.
     *
     * @param code stable error code
     * @param message what is wrong with it, in one line
     */
    public record Rejection(String code, String message) {}

    /** Two writers of one buffer, which lie about its end in turn: a row is ended before another one is begun. */
    private static final class Table {
        private final RowWriter rows;
        private final RowWriter keys;

        Table(RowSchema schema) {
            rows = new RowWriter(schema);
            keys = schema.keyed() ? new RowWriter(schema.keySchema()) : rows;
            begin();
        }

        private void begin() {
            RowBuffer buffer = new RowBuffer();
            rows.to(buffer);
            keys.to(buffer);
        }

        private void abandon() {
            rows.abandonRow();
            keys.abandonRow();
        }
    }

    /** @param schemas of the output tables */
    public StageOutput(List<RowSchema> schemas) {
        schemas.forEach(schema -> tables.add(new Table(schema)));
    }

    /**
     * Writes a row: its columns, then {@link RowWriter#endRow()}, or {@link RowWriter#endRow(Op, long)} with the operation and the
     * source's time in microseconds.
     *
     * @param table index among the output tables
     */
    public RowWriter row(int table) {
        return tables.get(table).rows;
    }

    /**
     * Writes the key of a row that is gone: its key columns in key order, then {@link RowWriter#endRow(Op, long)} with {@link
     * Op#DELETE}. Only for tables with a key.
     *
     * @param table index among the output tables
     */
    public RowWriter key(int table) {
        Table wanted = tables.get(table);
        if (wanted.keys == wanted.rows) {
            throw new IllegalStateException(
                    "table '" + wanted.rows.schema().name() + "' has no key by which a row could be deleted");
        }
        return wanted.keys;
    }

    /**
     * Says that the row at hand cannot be used; at most once a row. Rows begun and not ended are dropped, those ended before stay.
     * The stage is afterwards as if it had not been given the row.
     *
     * @param code stable error code
     * @param message what is wrong with it, in one line
     */
    public void reject(String code, String message) {
        tables.forEach(Table::abandon);
        rejection = Optional.of(new Rejection(code, message));
    }

    /** Why the row at hand was rejected, once; empty when it was not. */
    public Optional<Rejection> takeRejection() {
        Optional<Rejection> taken = rejection;
        rejection = Optional.empty();
        return taken;
    }

    /** The rows of a table since the last call. */
    public RowBuffer take(int table) {
        Table wanted = tables.get(table);
        RowBuffer taken = wanted.rows.buffer();
        wanted.begin();
        return taken;
    }

    /** Drops the rows that nobody has taken. */
    public void clear() {
        tables.forEach(Table::begin);
    }

    /** Bytes of the rows that nobody has taken. */
    public long bytes() {
        long bytes = 0;
        for (Table table : tables) {
            bytes += table.rows.buffer().byteSize();
        }
        return bytes;
    }
}
