package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.WriteResult.Rejection;
import io.streamforge.connector.jdbc.MySqlColumn.Form;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows of one schema, or their keys, as text for the columns they go to. */
final class MySqlRows {

    private final RowCursor cursor;
    private final List<TargetColumn> targets;
    private final MySqlColumn[] columns;
    private final boolean keys;
    private final Failures failures;

    private MySqlRows(RowSchema schema, List<TargetColumn> targets, boolean keys, Failures failures) {
        cursor = new RowCursor(schema);
        this.targets = targets;
        this.keys = keys;
        this.failures = failures;
        columns = IntStream.range(0, schema.size())
                .mapToObj(i -> MySqlColumns.of(
                                schema.column(i), MySqlType.parse(targets.get(i).type()))
                        .orElseThrow())
                .toArray(MySqlColumn[]::new);
    }

    static MySqlRows ofRows(Mapping mapping, Failures failures) {
        return new MySqlRows(mapping.schema(), mapping.columns(), false, failures);
    }

    static MySqlRows ofKeys(Mapping mapping, Failures failures) {
        List<TargetColumn> targets =
                mapping.key().stream().map(mapping.columns()::get).toList();
        return new MySqlRows(mapping.schema().keySchema(), targets, true, failures);
    }

    List<TargetColumn> targets() {
        return targets;
    }

    Form form(int column) {
        return columns[column].form();
    }

    /** Appends a line of LOAD DATA; false when the row was rejected, and nothing was appended. */
    boolean line(SinkBatch batch, int row, MySqlText out, List<Rejection> rejected) {
        return append(batch, row, out, rejected, true);
    }

    /** Appends a row of VALUES; false when the row was rejected, and nothing was appended. */
    boolean values(SinkBatch batch, int row, MySqlText out, List<Rejection> rejected) {
        return append(batch, row, out, rejected, false);
    }

    private boolean append(SinkBatch batch, int row, MySqlText out, List<Rejection> rejected, boolean line) {
        int start = out.length();
        try {
            if (keys) {
                batch.key(row, cursor);
            } else {
                batch.value(row, cursor);
            }
            String missing = missing();
            if (missing != null) {
                rejected.add(new Rejection(row, "JDBC-NOT-NULL", "column '" + missing + "' cannot be null"));
                return false;
            }
            for (int i = 0; i < columns.length; i++) {
                separate(i, out, line);
                value(i, out, line);
            }
            out.putByte(line ? '\n' : ')');
            return true;
        } catch (InvalidValueException | IllegalArgumentException e) {
            out.truncate(start);
            rejected.add(new Rejection(row, "JDBC-VALUE", failures.words(e.getMessage())));
            return false;
        }
    }

    private static void separate(int index, MySqlText out, boolean line) {
        if (index > 0) {
            out.putByte(line ? '\t' : ',');
        } else if (!line) {
            out.putByte('(');
        }
    }

    private void value(int index, MySqlText out, boolean line) {
        if (cursor.isNull(index)) {
            out.putAscii(line ? "\\N" : "NULL");
            return;
        }
        MySqlColumn column = columns[index];
        if (line || column.form() == Form.NUMBER || column.form() == Form.BITS) {
            column.encoder().encode(cursor, index, out);
            return;
        }
        out.putAscii(column.form() == Form.HEX ? "x'" : "'");
        column.encoder().encode(cursor, index, out);
        out.putByte('\'');
    }

    /** The server would put a value of its own into some columns that take no null. */
    private @Nullable String missing() {
        for (int i = 0; i < columns.length; i++) {
            if (cursor.isNull(i) && !targets.get(i).nullable()) {
                return targets.get(i).name();
            }
        }
        return null;
    }
}
