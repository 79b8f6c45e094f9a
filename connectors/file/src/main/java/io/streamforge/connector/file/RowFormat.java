package io.streamforge.connector.file;

import io.streamforge.record.InvalidValueException;
import io.streamforge.record.JsonRows;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import java.nio.charset.StandardCharsets;

/** Rows as lines of text. */
sealed interface RowFormat {

    /** What stands at the beginning of a file, possibly nothing. */
    void begin(TextBuffer out);

    /** @throws InvalidValueException when the format cannot say a value */
    void write(RowCursor row, TextBuffer out);

    static RowFormat of(FileOptions options, RowSchema schema) {
        return options.format() == FileFormat.CSV ? new Csv(options.dialect(), schema) : new JsonLines(schema);
    }

    /** RFC 4180 with LF; a cell is quoted when it must be: to hold its text, or to be no null. */
    final class Csv implements RowFormat {

        private final CsvDialect dialect;
        private final RowSchema schema;
        private final CellWriter[] cells;
        private final byte[] nullText;
        private final TextBuffer cell = new TextBuffer();

        Csv(CsvDialect dialect, RowSchema schema) {
            this.dialect = dialect;
            this.schema = schema;
            nullText = dialect.nullText().getBytes(StandardCharsets.UTF_8);
            cells = new CellWriter[schema.size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = new CellWriter(schema.column(i), i);
            }
        }

        @Override
        public void begin(TextBuffer out) {
            if (!dialect.header()) {
                return;
            }
            for (int i = 0; i < cells.length; i++) {
                cell.clear();
                cell.add(schema.column(i).name());
                finish(i, out);
            }
        }

        @Override
        public void write(RowCursor row, TextBuffer out) {
            for (int i = 0; i < cells.length; i++) {
                if (row.isNull(i)) {
                    out.add(nullText, 0, nullText.length);
                    out.add(separator(i));
                    continue;
                }
                cell.clear();
                cells[i].write(row, cell);
                finish(i, out);
            }
        }

        private void finish(int column, TextBuffer out) {
            if (mustQuote()) {
                if (dialect.quote() == CsvDialect.NONE) {
                    String text = new String(cell.array(), 0, cell.length(), StandardCharsets.UTF_8);
                    throw new InvalidValueException(
                            schema.column(column), text, "needs quotes, and the option quote is none");
                }
                quoted(out);
            } else {
                out.add(cell.array(), 0, cell.length());
            }
            out.add(separator(column));
        }

        private int separator(int column) {
            return column == cells.length - 1 ? '\n' : dialect.delimiter();
        }

        private boolean mustQuote() {
            byte[] bytes = cell.array();
            int length = cell.length();
            if (length == 0 || isNullText(bytes, length)) {
                return true;
            }
            for (int i = 0; i < length; i++) {
                byte b = bytes[i];
                if (b == dialect.delimiter() || b == dialect.quote() || b == '\n' || b == '\r') {
                    return true;
                }
            }
            return false;
        }

        private boolean isNullText(byte[] bytes, int length) {
            return java.util.Arrays.equals(bytes, 0, length, nullText, 0, nullText.length);
        }

        private void quoted(TextBuffer out) {
            byte[] bytes = cell.array();
            out.add(dialect.quote());
            for (int i = 0; i < cell.length(); i++) {
                if (bytes[i] == dialect.quote() || bytes[i] == dialect.escape()) {
                    out.add(dialect.escape());
                }
                out.add(bytes[i]);
            }
            out.add(dialect.quote());
        }
    }

    /** One JSON object per line. */
    final class JsonLines implements RowFormat {

        private final JsonRows json;

        JsonLines(RowSchema schema) {
            json = new JsonRows(schema);
        }

        @Override
        public void begin(TextBuffer out) {
            // JSON lines have no header.
        }

        @Override
        public void write(RowCursor row, TextBuffer out) {
            byte[] object = json.toBytes(row);
            out.add(object, 0, object.length);
            out.add('\n');
        }
    }
}
