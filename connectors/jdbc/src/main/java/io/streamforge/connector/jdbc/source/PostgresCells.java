package io.streamforge.connector.jdbc.source;

import io.streamforge.connector.jdbc.IsoInterval;
import io.streamforge.connector.jdbc.PostgresType;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** The decoders of PostgreSQL's binary forms, by the column's type. */
final class PostgresCells {

    private static final int EPOCH_DAYS = 10_957;
    private static final long EPOCH_MICROS = 946_684_800_000_000L;
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int UUID_GROUPS = 5;

    private PostgresCells() {}

    /** Types whose binary form is their text. */
    static boolean textual(PostgresType type) {
        return switch (type.name()) {
            case "text", "character varying", "character", "enum", "citext", "json" -> true;
            default -> false;
        };
    }

    static PostgresCell of(ReadColumn column) {
        PostgresType type = PostgresType.parse(column.type());
        Column row = column.column();
        if (row.type().kind() == DataType.Kind.ARRAY) {
            Column element = Column.nullable(
                    row.name(), java.util.Objects.requireNonNull(row.type().element()));
            return new PostgresArrayCell(row, element, scalar(type.element(), element));
        }
        return scalar(type, row);
    }

    private static PostgresCell scalar(PostgresType type, Column column) {
        return switch (column.type().kind()) {
            case BOOLEAN -> (source, at, length, out) -> out.writeBoolean(source[at] != 0);
            case INT32 ->
                type.name().equals("smallint")
                        ? (source, at, length, out) -> out.writeInt(BigEndian.int16(source, at))
                        : (source, at, length, out) -> out.writeInt(BigEndian.int32(source, at));
            case INT64 ->
                type.name().equals("oid")
                        ? (source, at, length, out) ->
                                out.writeLong(Integer.toUnsignedLong(BigEndian.int32(source, at)))
                        : (source, at, length, out) -> out.writeLong(BigEndian.int64(source, at));
            case FLOAT32 ->
                (source, at, length, out) -> out.writeFloat(Float.intBitsToFloat(BigEndian.int32(source, at)));
            case FLOAT64 ->
                (source, at, length, out) -> out.writeDouble(Double.longBitsToDouble(BigEndian.int64(source, at)));
            case DECIMAL -> new PostgresNumericCell(column);
            case BYTES -> (source, at, length, out) -> out.writeBytes(source, at, at + length);
            case UUID -> PostgresCells::uuid;
            case JSON ->
                type.name().equals("jsonb")
                        ? (source, at, length, out) -> out.writeUtf8(source, at + 1, at + length)
                        : (source, at, length, out) -> out.writeUtf8(source, at, at + length);
            case DATE -> date(column);
            case TIME -> time(column);
            case TIMESTAMP, TIMESTAMP_TZ -> timestamp(column);
            case INTERVAL -> PostgresCells::interval;
            default -> (source, at, length, out) -> out.writeUtf8(source, at, at + length);
        };
    }

    private static PostgresCell date(Column column) {
        return (source, at, length, out) -> {
            int days = BigEndian.int32(source, at);
            if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
                throw infinite(column, days > 0);
            }
            out.writeDate(days + EPOCH_DAYS);
        };
    }

    private static PostgresCell time(Column column) {
        return (source, at, length, out) -> {
            long micros = BigEndian.int64(source, at);
            if (micros >= MICROS_PER_DAY) {
                throw new InvalidValueException(column, "24:00:00", "is not a time of a day");
            }
            out.writeTime(micros);
        };
    }

    private static PostgresCell timestamp(Column column) {
        return (source, at, length, out) -> {
            long micros = BigEndian.int64(source, at);
            if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
                throw infinite(column, micros > 0);
            }
            try {
                out.writeTimestamp(Math.addExact(micros, EPOCH_MICROS));
            } catch (ArithmeticException e) {
                throw new InvalidValueException(column, micros + " µs after 2000", "is too late to be kept");
            }
        };
    }

    private static void uuid(byte[] source, int at, int length, io.streamforge.record.RowWriter out) {
        byte[] text = new byte[2 * length + UUID_GROUPS - 1];
        int to = 0;
        for (int i = 0; i < length; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                text[to++] = '-';
            }
            text[to++] = (byte) HexFormat.of().toLowHexDigit(source[at + i] >> 4);
            text[to++] = (byte) HexFormat.of().toLowHexDigit(source[at + i]);
        }
        out.writeUtf8(text, 0, to);
    }

    private static void interval(byte[] source, int at, int length, io.streamforge.record.RowWriter out) {
        IsoInterval interval = new IsoInterval(
                BigEndian.int32(source, at + 12), BigEndian.int32(source, at + 8), BigEndian.int64(source, at));
        byte[] text = interval.toString().getBytes(StandardCharsets.US_ASCII);
        out.writeUtf8(text, 0, text.length);
    }

    private static InvalidValueException infinite(Column column, boolean positive) {
        return new InvalidValueException(
                column,
                positive ? "infinity" : "-infinity",
                "no " + column.type().kind().toString().toLowerCase(Locale.ROOT) + " is infinite here");
    }
}
