package io.streamforge.connector.jdbc.source;

import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowWriter;
import java.nio.charset.StandardCharsets;

/** The decoders of SQLite's values: whole numbers, floating point, text or bytes in any column. */
final class SqliteCells {

    private SqliteCells() {}

    static ResultCell of(ReadColumn read) {
        Column column = read.column();
        return (result, index, out) -> {
            Object value = result.getObject(index);
            if (value == null) {
                out.writeNull();
            } else {
                write(column, value, out);
            }
        };
    }

    private static void write(Column column, Object value, RowWriter out) {
        boolean whole = value instanceof Integer || value instanceof Long;
        switch (column.type().kind()) {
            case BOOLEAN -> out.writeBoolean(bool(column, value));
            case INT64 -> out.writeLong(((Number) require(whole, column, value)).longValue());
            case FLOAT64 -> out.writeDouble(real(column, value));
            case BYTES -> {
                byte[] bytes =
                        value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : bytes(column, value);
                out.writeBytes(bytes, 0, bytes.length);
            }
            default -> out.writeString(String.valueOf(require(!(value instanceof byte[]), column, value)));
        }
    }

    private static boolean bool(Column column, Object value) {
        boolean known = value instanceof Number number && (number.doubleValue() == 0 || number.doubleValue() == 1);
        return ((Number) require(known, column, value)).intValue() == 1;
    }

    /** A whole number in a column of floating point must be one that floating point can hold. */
    private static double real(Column column, Object value) {
        double number = ((Number) require(value instanceof Number, column, value)).doubleValue();
        require(!(value instanceof Long exact) || (long) number == exact, column, value);
        return number;
    }

    private static byte[] bytes(Column column, Object value) {
        return (byte[]) require(value instanceof byte[], column, value);
    }

    private static Object require(boolean fits, Column column, Object value) {
        if (!fits) {
            String shown = value instanceof byte[] bytes ? bytes.length + " bytes" : value.toString();
            throw new InvalidValueException(column, shown, "is not of the column's declared type");
        }
        return value;
    }
}
