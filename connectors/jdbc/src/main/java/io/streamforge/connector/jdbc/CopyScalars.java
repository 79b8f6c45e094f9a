package io.streamforge.connector.jdbc;

import io.streamforge.record.Column;
import io.streamforge.record.DataType.Kind;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowCursor;

/** Booleans, integers, floating point and bytes. */
final class CopyScalars {

    private CopyScalars() {}

    static void bool(RowCursor row, int column, CopyBuffer out) {
        out.putInt(1);
        out.putByte(row.getBoolean(column) ? 1 : 0);
    }

    static void real(RowCursor row, int column, CopyBuffer out) {
        out.putInt(Float.BYTES);
        out.putInt(Float.floatToRawIntBits(row.getFloat(column)));
    }

    static void realAsDouble(RowCursor row, int column, CopyBuffer out) {
        putDouble(row.getFloat(column), out);
    }

    static void doublePrecision(RowCursor row, int column, CopyBuffer out) {
        putDouble(row.getDouble(column), out);
    }

    static void intAsDouble(RowCursor row, int column, CopyBuffer out) {
        putDouble(row.getInt(column), out);
    }

    static void bytes(RowCursor row, int column, CopyBuffer out) {
        int from = row.contentStart(column);
        int to = row.end(column);
        out.putInt(to - from);
        out.putBytes(row.array(), from, to);
    }

    static CopyColumn bigint(Column from) {
        if (from.type().kind() == Kind.INT64 || from.type().kind() == Kind.INT32) {
            return (row, column, out) -> {
                out.putInt(Long.BYTES);
                out.putLong(row.getLong(column));
            };
        }
        return (row, column, out) -> {
            out.putInt(Long.BYTES);
            out.putLong(whole(from, row, column, Long.MIN_VALUE, Long.MAX_VALUE));
        };
    }

    static CopyColumn integer(Column from) {
        return (row, column, out) -> {
            out.putInt(Integer.BYTES);
            out.putInt((int) whole(from, row, column, Integer.MIN_VALUE, Integer.MAX_VALUE));
        };
    }

    static CopyColumn smallint(Column from) {
        return (row, column, out) -> {
            out.putInt(Short.BYTES);
            out.putShort((int) whole(from, row, column, Short.MIN_VALUE, Short.MAX_VALUE));
        };
    }

    private static long whole(Column from, RowCursor row, int column, long min, long max) {
        boolean integer = from.type().kind() == Kind.INT32 || from.type().kind() == Kind.INT64;
        if (integer || row.unscaledFitsLong(column)) {
            long value = integer ? row.getLong(column) : row.getUnscaledLong(column);
            if (value >= min && value <= max) {
                return value;
            }
        }
        throw new InvalidValueException(
                from, String.valueOf(row.value(column)), "is outside the target column's range " + min + " to " + max);
    }

    private static void putDouble(double value, CopyBuffer out) {
        out.putInt(Double.BYTES);
        out.putLong(Double.doubleToRawLongBits(value));
    }
}
