package io.streamforge.connector.file;

import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.nio.charset.StandardCharsets;

/**
 * CSV rows straight into encoded rows.
 *
 * <p>A row whose shape is wrong (number of cells, quotes) costs its first line and parsing goes on at the next line, so that a
 * quote that is never closed does not swallow the rows after it. A row with a value that does not fit costs that row.
 */
final class CsvParser implements RowParser {

    private final CsvFields fields;
    private final int expected;
    private final int[] cellOf;
    private final CellReader[] readers;
    private final byte[] nullText;
    private final RowWriter writer;
    private final Rejections rejections;
    private long line;
    private boolean skipping;

    /**
     * @param expected cells of a row
     * @param cellOf index of the cell of each column
     */
    CsvParser(CsvDialect dialect, RowWriter writer, int expected, int[] cellOf, Rejections rejections, long line) {
        fields = new CsvFields(dialect);
        this.expected = expected;
        this.cellOf = cellOf;
        this.writer = writer;
        this.rejections = rejections;
        this.line = line;
        nullText = dialect.nullText().getBytes(StandardCharsets.UTF_8);
        RowSchema schema = writer.schema();
        readers = new CellReader[schema.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = new CellReader(schema.column(i));
        }
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public int next(byte[] bytes, int from, int to, boolean end) {
        if (skipping) {
            return skipLine(bytes, from, to);
        }
        int after = fields.split(bytes, from, to, end);
        if (after == CsvFields.NEED_MORE) {
            return NEED_MORE;
        }
        if (after == CsvFields.BROKEN) {
            return rejectLine("CSV-QUOTES", "quotes are not closed, or text follows a closing quote", bytes, from, to);
        }
        if (fields.count() != expected) {
            if (fields.blank()) {
                line++;
                return after;
            }
            return rejectLine(
                    "CSV-CELLS", "has " + fields.count() + " cells instead of " + expected, bytes, from, after);
        }
        row(bytes, from, after);
        line += Math.max(1, fields.lineEnds());
        return after;
    }

    private void row(byte[] bytes, int from, int after) {
        try {
            for (int i = 0; i < readers.length; i++) {
                cell(bytes, i, cellOf[i]);
            }
            writer.endRow();
        } catch (InvalidValueException e) {
            writer.abandonRow();
            rejections.add(line, "FILE-VALUE", String.valueOf(e.getMessage()), bytes, from, after);
        }
    }

    private void cell(byte[] bytes, int column, int cell) {
        int start = fields.start(cell);
        int end = fields.end(cell);
        if (fields.escaped(cell)) {
            int length = fields.unescape(bytes, cell);
            readers[column].read(fields.scratch(), 0, length, fields.ascii(cell), writer);
        } else if (fields.quoted(cell)) {
            readers[column].read(bytes, start, end, fields.ascii(cell), writer);
        } else if (isNull(bytes, start, end)) {
            readers[column].readNull(nullText.length == 0, writer);
        } else {
            readers[column].read(bytes, start, end, fields.ascii(cell), writer);
        }
    }

    private boolean isNull(byte[] bytes, int start, int end) {
        if (end - start != nullText.length) {
            return false;
        }
        for (int i = 0; i < nullText.length; i++) {
            if (bytes[start + i] != nullText[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int giveUp(byte[] bytes, int from, int to) {
        return rejectLine("FILE-ROW-TOO-LONG", "is longer than " + SplitReader.LONGEST_ROW + " bytes", bytes, from, to);
    }

    private int rejectLine(String code, String message, byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] != '\n') {
            end++;
        }
        rejections.add(line, code, message, bytes, from, end);
        line++;
        skipping = end == to;
        return Math.min(end + 1, to);
    }

    private int skipLine(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\n') {
                skipping = false;
                return at + 1;
            }
        }
        return to;
    }
}
