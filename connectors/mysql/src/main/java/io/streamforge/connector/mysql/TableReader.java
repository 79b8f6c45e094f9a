package io.streamforge.connector.mysql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.Op;
import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Turns the row events of one table map into rows of a layout's schema; for one thread. */
final class TableReader {

    private final TableLayout layout;
    private final int width;
    private final RowImage before;
    private final RowImage after;
    private final Columns all;
    private final Columns key;

    private TableReader(TableMap map, TableLayout layout) throws ConnectorException {
        this.layout = layout;
        width = map.columns().size();
        before = new RowImage(map.columns());
        after = new RowImage(map.columns());
        all = new Columns(map, layout, layout.schema());
        key = new Columns(map, layout, layout.schema().keySchema());
    }

    /** @throws ConnectorException {@code MYSQL-LAYOUT-UNKNOWN} when the layout is not the one the map was written with */
    static TableReader of(TableMap map, TableLayout layout) throws ConnectorException {
        List<String> known = layout.columns().stream().map(SqlColumn::name).toList();
        if (map.columns().size() != known.size()) {
            throw unknown(
                    map.table(),
                    "rows have " + map.columns().size() + " columns, the table is known with " + known.size());
        }
        if (!map.names().isEmpty() && !map.names().equals(known)) {
            throw unknown(map.table(), "rows have the columns " + map.names() + ", the table is known with " + known);
        }
        return new TableReader(map, layout);
    }

    private static ConnectorException unknown(TableId table, String message) {
        return new ConnectorException(
                "MYSQL-LAYOUT-UNKNOWN",
                Category.FATAL,
                table + ": " + message + "; what its columns were at this position is not known",
                Failures.START_AFRESH);
    }

    TableLayout layout() {
        return layout;
    }

    /** Writes the rows of an event behind those of the target. */
    void read(BinlogEvent event, Change.Rows target, LogReader at) throws ConnectorException {
        RowsEvent rows = RowsEvent.of(event, width);
        if (!rows.complete()) {
            throw Failures.cannotFollow(
                    at.position(),
                    "a change of " + layout.table() + " was logged without all of its columns",
                    "leave binlog_row_image=FULL in every session; then " + Failures.START_AFRESH);
        }
        int from = rows.from();
        int end = event.body().length;
        long micros = event.seconds() * 1_000_000;
        while (from < end) {
            from = switch (rows.kind()) {
                case WRITE -> {
                    int next = after.locate(event.body(), from);
                    write(all, after, Op.CREATE, micros, target, at);
                    yield next;
                }
                case DELETE -> {
                    int next = before.locate(event.body(), from);
                    write(key, before, Op.DELETE, micros, target, at);
                    yield next;
                }
                case UPDATE -> {
                    int next = after.locate(event.body(), before.locate(event.body(), from));
                    update(micros, target, at);
                    yield next;
                }
            };
        }
    }

    /** A row whose key changes is another row. */
    private void update(long micros, Change.Rows target, LogReader at) {
        if (key.same(before, after)) {
            write(all, after, Op.UPDATE, micros, target, at);
        } else {
            write(key, before, Op.DELETE, micros, target, at);
            write(all, after, Op.CREATE, micros, target, at);
        }
    }

    private void write(Columns columns, RowImage image, Op op, long micros, Change.Rows target, LogReader at) {
        RowBuffer rows = target.rows();
        RowWriter writer = columns.writer;
        if (writer.buffer() != rows) {
            writer.to(rows);
        }
        try {
            columns.write(image);
            writer.endRow(op, micros);
        } catch (InvalidValueException e) {
            writer.abandonRow();
            String place = layout.table() + " behind " + at.position();
            byte[] shown = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
            target.rejected().add(new RejectedRow(place, "JDBC-VALUE", String.valueOf(e.getMessage()), shown));
        }
    }

    private static final class Columns {

        private final int[] source;
        private final Cell[] cells;
        private final RowWriter writer;

        Columns(TableMap map, TableLayout layout, RowSchema schema) throws ConnectorException {
            source = new int[schema.size()];
            cells = new Cell[schema.size()];
            writer = new RowWriter(schema);
            for (int i = 0; i < source.length; i++) {
                source[i] = layout.indexOf(schema.column(i).name());
                cells[i] = cell(map, layout, source[i], schema, i);
            }
        }

        private static Cell cell(TableMap map, TableLayout layout, int found, RowSchema schema, int i)
                throws ConnectorException {
            return Cells.of(map.columns().get(found), layout.columns().get(found), schema.column(i))
                    .orElseThrow(() -> unknown(
                            map.table(),
                            "column '" + schema.column(i).name() + "' is known as "
                                    + layout.columns().get(found).type() + ", rows hold another type"));
        }

        void write(RowImage image) {
            for (int i = 0; i < source.length; i++) {
                int column = source[i];
                if (image.isNull(column)) {
                    writer.writeNull();
                } else {
                    cells[i].write(image.bytes(), image.start(column), writer);
                }
            }
        }

        boolean same(RowImage one, RowImage other) {
            for (int column : source) {
                if (!one.same(column, other)) {
                    return false;
                }
            }
            return true;
        }
    }
}
