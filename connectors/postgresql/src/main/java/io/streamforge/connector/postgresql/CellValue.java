package io.streamforge.connector.postgresql;

import io.streamforge.connector.jdbc.IsoInterval;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.InvalidValueException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Debezium's values in the Java form of our types, exactly; the settings of {@link DebeziumSettings} say which values come. */
final class CellValue {

    /** What Debezium puts where a value was not sent because it did not change. */
    static final String UNAVAILABLE = "__streamforge_unavailable_value";

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1000;
    /** PostgreSQL's driver writes infinity as this number. */
    private static final long INFINITE_MICROS = org.postgresql.PGStatement.DATE_POSITIVE_INFINITY;

    private static final long FIRST_DAY = LocalDate.of(-4713, 1, 1).toEpochDay();

    private CellValue() {}

    /** @throws InvalidValueException when the column cannot hold the value */
    static @Nullable Object of(@Nullable Object value, Column column) {
        return value == null ? null : of(value, column.type(), column);
    }

    static boolean unavailable(@Nullable Object value) {
        if (value instanceof ByteBuffer bytes) {
            return bytes.equals(ByteBuffer.wrap(UNAVAILABLE.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        if (value instanceof List<?> list) {
            return list.size() == 1 && unavailable(list.get(0));
        }
        return UNAVAILABLE.equals(value);
    }

    private static Object of(Object value, DataType type, Column column) {
        return switch (type.kind()) {
            case DECIMAL, UINT64 -> decimal(String.valueOf(value), column);
            case BYTES -> bytes(value);
            case UUID -> java.util.UUID.fromString(String.valueOf(value));
            case DATE -> date((Number) value, column);
            case TIME -> time((Number) value, column);
            case TIMESTAMP -> LocalDateTime.ofInstant(instant((Number) value, column), ZoneOffset.UTC);
            case TIMESTAMP_TZ -> moment(String.valueOf(value), column);
            case INTERVAL -> IsoInterval.parse(String.valueOf(value)).toString();
            case ARRAY -> array((List<?>) value, java.util.Objects.requireNonNull(type.element()), column);
            default -> value;
        };
    }

    private static BigDecimal decimal(String text, Column column) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new InvalidValueException(column, text, "is no decimal number");
        }
    }

    private static byte[] bytes(Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return (byte[]) value;
    }

    /** Debezium writes infinity as a day before any that PostgreSQL has. */
    private static LocalDate date(Number days, Column column) {
        if (days.longValue() < FIRST_DAY) {
            throw new InvalidValueException(column, "infinity", "no date is infinite here");
        }
        return LocalDate.ofEpochDay(days.longValue());
    }

    private static LocalTime time(Number micros, Column column) {
        try {
            return LocalTime.ofNanoOfDay(micros.longValue() * NANOS_PER_MICRO);
        } catch (java.time.DateTimeException e) {
            throw new InvalidValueException(column, "24:00:00", "is not a time of a day");
        }
    }

    private static Instant instant(Number micros, Column column) {
        long value = micros.longValue();
        if (Math.abs(value) >= INFINITE_MICROS) {
            throw new InvalidValueException(
                    column, value > 0 ? "infinity" : "-infinity", "no timestamp is infinite here");
        }
        return Instant.ofEpochSecond(
                Math.floorDiv(value, MICROS_PER_SECOND), Math.floorMod(value, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }

    private static Instant moment(String text, Column column) {
        if (text.endsWith("infinity")) {
            throw new InvalidValueException(column, text, "no timestamp is infinite here");
        }
        return OffsetDateTime.parse(text).toInstant();
    }

    private static List<@Nullable Object> array(List<?> values, DataType element, Column column) {
        List<@Nullable Object> result = new ArrayList<>(values.size());
        for (Object value : values) {
            result.add(value == null ? null : of(value, element, column));
        }
        return result;
    }
}
