package io.streamforge.connector.file;

import io.streamforge.record.InvalidValueException;
import io.streamforge.record.JsonRows;
import io.streamforge.record.RowWriter;
import tools.jackson.core.JacksonException;

/** One JSON object per line; a line that is none is a rejected row. */
final class JsonLinesParser implements RowParser {

    private final JsonRows json;
    private final RowWriter writer;
    private final Rejections rejections;
    private long line;
    private boolean skipping;

    JsonLinesParser(RowWriter writer, Rejections rejections, long line) {
        json = new JsonRows(writer.schema());
        this.writer = writer;
        this.rejections = rejections;
        this.line = line;
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public int next(byte[] bytes, int from, int to, boolean end) {
        int lineEnd = from;
        while (lineEnd < to && bytes[lineEnd] != '\n') {
            lineEnd++;
        }
        if (skipping) {
            skipping = lineEnd == to;
            return Math.min(lineEnd + 1, to);
        }
        if (lineEnd == to && !end) {
            return NEED_MORE;
        }
        if (!blank(bytes, from, lineEnd)) {
            row(bytes, from, lineEnd);
        }
        line++;
        return Math.min(lineEnd + 1, to);
    }

    private void row(byte[] bytes, int from, int to) {
        try {
            json.read(bytes, from, to, writer);
            writer.endRow();
        } catch (InvalidValueException e) {
            writer.abandonRow();
            rejections.add(line, "FILE-VALUE", String.valueOf(e.getMessage()), bytes, from, to);
        } catch (JacksonException e) {
            writer.abandonRow();
            rejections.add(line, "JSON-SYNTAX", oneLine(e.getOriginalMessage()), bytes, from, to);
        }
    }

    @Override
    public int giveUp(byte[] bytes, int from, int to) {
        String message = "is longer than " + SplitReader.LONGEST_ROW + " bytes";
        rejections.add(line, "FILE-ROW-TOO-LONG", message, bytes, from, to);
        line++;
        skipping = true;
        return to;
    }

    private static boolean blank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private static String oneLine(String message) {
        int lineEnd = message.indexOf('\n');
        return lineEnd < 0 ? message : message.substring(0, lineEnd);
    }
}
