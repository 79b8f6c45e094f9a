package io.streamforge.connector.jdbc;

import io.streamforge.connector.jdbc.MySqlColumn.Form;
import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.JsonRows;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Text, documents and bytes. What is too long is refused here: LOAD DATA would cut it. */
final class MySqlTexts {

    private MySqlTexts() {}

    static MySqlColumn text(Column column, MySqlType to) {
        return MySqlColumn.quoted((row, index, out) -> {
            byte[] bytes = row.array();
            int from = row.contentStart(index);
            int end = row.end(index);
            requireRoom(column, bytes, from, end, to);
            out.putEscaped(bytes, from, end);
        });
    }

    /** An array or a map as JSON. */
    static MySqlColumn document(Column column, MySqlType to) {
        return MySqlColumn.quoted((row, index, out) -> {
            byte[] json = JsonRows.text(row, index).getBytes(StandardCharsets.UTF_8);
            requireRoom(column, json, 0, json.length, to);
            out.putEscaped(json, 0, json.length);
        });
    }

    /** MySQL takes text that looks like a number for the number of a label. */
    static MySqlColumn labels(Column column, MySqlType to) {
        Set<String> labels = new HashSet<>(to.labels());
        boolean several = to.name().equals("set");
        return MySqlColumn.quoted((row, index, out) -> {
            String value = row.getString(index);
            List<String> parts = several ? List.of(value.split(",", -1)) : List.of(value);
            if (!(several && value.isEmpty()) && !labels.containsAll(parts)) {
                throw new InvalidValueException(column, value, "is not among " + to.labels());
            }
            out.putEscaped(row.array(), row.contentStart(index), row.end(index));
        });
    }

    static MySqlColumn bytes(Column column, MySqlType to) {
        boolean fixed = to.name().equals("binary");
        long longest = to.name().endsWith("blob") ? to.bytes() : Math.max(1, to.precision());
        return new MySqlColumn(Form.HEX, (row, index, out) -> {
            int from = row.contentStart(index);
            int end = row.end(index);
            if (end - from > longest || (fixed && end - from < longest)) {
                throw new InvalidValueException(
                        column, (end - from) + " bytes", "do not fit the target's " + to.name() + "(" + longest + ")");
            }
            out.putHex(row.array(), from, end);
        });
    }

    private static void requireRoom(Column column, byte[] utf8, int from, int to, MySqlType type) {
        if (type.characters() ? characters(utf8, from, to) > Math.max(1, type.precision()) : tooLong(to - from, type)) {
            String value = new String(utf8, from, to - from, StandardCharsets.UTF_8);
            throw new InvalidValueException(column, value, "is longer than the target column holds");
        }
    }

    private static boolean tooLong(int size, MySqlType type) {
        return type.bytes() > 0 && size > type.bytes();
    }

    private static int characters(byte[] utf8, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if ((utf8[i] & 0xC0) != 0x80) {
                count++;
            }
        }
        return count;
    }
}
