package io.streamforge.connector.jdbc.source;

import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowWriter;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;

/** The decoders of values as MySQL and MariaDB write them in a result's text. */
public final class MySqlCells {

    private static final int DATE_LENGTH = 10;
    private static final int MICRO_DIGITS = 6;
    private static final long MICROS = 1_000_000;
    private static final long MICROS_PER_DAY = 86_400 * MICROS;
    private static final int LONG_DIGITS = 18;

    /** A value that is not null. */
    @FunctionalInterface
    private interface Text {
        void write(String text, RowWriter out);
    }

    private MySqlCells() {}

    public static ResultCell of(ReadColumn column) {
        Column row = column.column();
        return switch (row.type().kind()) {
            case BOOLEAN ->
                (result, index, out) -> {
                    int value = result.getInt(index);
                    if (!wroteNull(result, out)) {
                        out.writeBoolean(value != 0);
                    }
                };
            case INT32 ->
                (result, index, out) -> {
                    int value = result.getInt(index);
                    if (!wroteNull(result, out)) {
                        out.writeInt(value);
                    }
                };
            case INT64 ->
                (result, index, out) -> {
                    long value = result.getLong(index);
                    if (!wroteNull(result, out)) {
                        out.writeLong(value);
                    }
                };
            case FLOAT32 ->
                (result, index, out) -> {
                    double value = result.getDouble(index);
                    if (!wroteNull(result, out)) {
                        out.writeFloat((float) value);
                    }
                };
            case FLOAT64 ->
                (result, index, out) -> {
                    double value = result.getDouble(index);
                    if (!wroteNull(result, out)) {
                        out.writeDouble(value);
                    }
                };
            case STRING, UUID -> MySqlCells::utf8;
            // The driver gives no bytes of it.
            case JSON -> text((value, out) -> out.writeString(value));
            case BYTES ->
                (result, index, out) -> {
                    byte[] value = result.getBytes(index);
                    if (value == null) {
                        out.writeNull();
                    } else {
                        out.writeBytes(value, 0, value.length);
                    }
                };
            case DATE -> text((value, out) -> out.writeDate(Math.toIntExact(epochDay(row, value))));
            case TIME -> text((value, out) -> out.writeTime(time(row, value)));
            case TIMESTAMP, TIMESTAMP_TZ -> text((value, out) -> out.writeTimestamp(micros(row, value)));
            default -> text(MySqlCells::decimal);
        };
    }

    private static ResultCell text(Text cell) {
        return (result, index, out) -> {
            String value = result.getString(index);
            if (value == null) {
                out.writeNull();
            } else {
                cell.write(value, out);
            }
        };
    }

    private static boolean wroteNull(ResultSet result, RowWriter out) throws SQLException {
        boolean missing = result.wasNull();
        if (missing) {
            out.writeNull();
        }
        return missing;
    }

    /** The driver's bytes are the server's, which it has converted to UTF-8. */
    private static void utf8(ResultSet result, int index, RowWriter out) throws SQLException {
        byte[] value = result.getBytes(index);
        if (value == null) {
            out.writeNull();
        } else {
            out.writeUtf8(value, 0, value.length);
        }
    }

    /** The server shows as many fractional digits as the column has, so that the digits are the unscaled value. */
    private static void decimal(String text, RowWriter out) {
        if (text.length() > LONG_DIGITS) {
            out.writeDecimal(new BigDecimal(text));
            return;
        }
        boolean negative = text.charAt(0) == '-';
        long unscaled = 0;
        for (int i = negative ? 1 : 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit != '.') {
                unscaled = 10 * unscaled + (digit - '0');
            }
        }
        out.writeUnscaled(negative ? -unscaled : unscaled);
    }

    private static long micros(Column column, String text) {
        return Math.addExact(Math.multiplyExact(epochDay(column, text), MICROS_PER_DAY), clock(text, DATE_LENGTH + 1));
    }

    /** Dates with a zero year, month or day are no dates. */
    private static long epochDay(Column column, String text) {
        int year = number(text, 0, 4);
        try {
            if (year == 0) {
                throw new DateTimeException("year 0");
            }
            return LocalDate.of(year, number(text, 5, 7), number(text, 8, DATE_LENGTH))
                    .toEpochDay();
        } catch (DateTimeException e) {
            throw new InvalidValueException(column, text, "is no date of the calendar");
        }
    }

    private static long time(Column column, String text) {
        int hours = text.indexOf(':');
        if (text.charAt(0) == '-' || hours > 2 || number(text, 0, hours) >= 24) {
            throw new InvalidValueException(column, text, "is not a time of a day");
        }
        return clock(text, 0);
    }

    /** Microseconds of {@code 23:59:59.999999}, with any number of fractional digits. */
    private static long clock(String text, int at) {
        long seconds =
                number(text, at, at + 2) * 3600L + number(text, at + 3, at + 5) * 60L + number(text, at + 6, at + 8);
        long fraction = 0;
        for (int i = 0; i < MICRO_DIGITS; i++) {
            int digit = at + 9 + i;
            fraction = 10 * fraction + (digit < text.length() ? text.charAt(digit) - '0' : 0);
        }
        return seconds * MICROS + fraction;
    }

    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = 10 * value + (text.charAt(i) - '0');
        }
        return value;
    }
}
