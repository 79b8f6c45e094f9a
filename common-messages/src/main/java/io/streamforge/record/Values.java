package io.streamforge.record;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Exact conversions from Java values to what a column stores; a value that would change is an {@link InvalidValueException}. */
final class Values {

    private static final int UINT64_DIGITS = 20;
    private static final BigInteger UINT64_LIMIT = BigInteger.ONE.shiftLeft(64);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long MICROS_PER_SECOND = 1_000_000L;

    private Values() {}

    static <T> T cast(Object value, Class<T> type, Column column) {
        if (!type.isInstance(value)) {
            throw new InvalidValueException(
                    column,
                    value,
                    "expected " + type.getSimpleName() + ", got "
                            + value.getClass().getSimpleName());
        }
        return type.cast(value);
    }

    static int toInt(Object value, Column column) {
        long wide = toLong(value, column);
        if (wide != (int) wide) {
            throw new InvalidValueException(column, value, "does not fit 32 bits");
        }
        return (int) wide;
    }

    static long toLong(Object value, Column column) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger || value instanceof BigDecimal) {
            try {
                return value instanceof BigInteger integer
                        ? integer.longValueExact()
                        : ((BigDecimal) value).longValueExact();
            } catch (ArithmeticException e) {
                throw new InvalidValueException(column, value, "is not an integer of 64 bits");
            }
        }
        throw new InvalidValueException(
                column, value, "expected an integer, got " + value.getClass().getSimpleName());
    }

    static float toFloat(Object value, Column column) {
        if (value instanceof Float single) {
            return single;
        }
        double wide = toDouble(value, column);
        float narrow = (float) wide;
        if (narrow != wide && !Double.isNaN(wide)) {
            throw new InvalidValueException(column, value, "does not fit 32-bit floating point exactly");
        }
        return narrow;
    }

    static double toDouble(Object value, Column column) {
        if (value instanceof Double || value instanceof Float || value instanceof Integer) {
            return ((Number) value).doubleValue();
        }
        if (value instanceof Long || value instanceof BigInteger || value instanceof BigDecimal) {
            double converted = ((Number) value).doubleValue();
            if (Double.isInfinite(converted) || !(value instanceof BigDecimal || exact((Number) value, converted))) {
                throw new InvalidValueException(column, value, "does not fit 64-bit floating point");
            }
            return converted;
        }
        throw new InvalidValueException(
                column, value, "expected a number, got " + value.getClass().getSimpleName());
    }

    static BigDecimal toDecimal(Object value, Column column) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (value instanceof Long || value instanceof Integer) {
            return BigDecimal.valueOf(((Number) value).longValue());
        }
        throw new InvalidValueException(
                column, value, "expected a decimal, got " + value.getClass().getSimpleName());
    }

    /** Whole numbers must be kept exactly; a fraction's nearest double is what FLOAT64 means. */
    private static boolean exact(Number whole, double converted) {
        BigInteger value = whole instanceof BigInteger big ? big : BigInteger.valueOf(whole.longValue());
        return new BigDecimal(converted).compareTo(new BigDecimal(value)) == 0;
    }

    /** The unscaled value at the column's scale; UINT64 counts as scale 0 and 0 to 2^64-1. */
    static BigInteger unscaled(BigDecimal value, Column column) {
        DataType type = column.type();
        if (value.signum() == 0) {
            return BigInteger.ZERO;
        }
        // An exponent of a billion is eleven characters of text: bounded here, before it is multiplied out.
        if ((long) value.scale() - type.scale() > value.precision()) {
            throw new InvalidValueException(column, value, "has more than " + type.scale() + " fractional digits");
        }
        if ((long) value.precision() - value.scale() > Math.max(type.precision(), UINT64_DIGITS)) {
            throw new InvalidValueException(column, value, "has too many digits");
        }
        try {
            BigInteger unscaled =
                    value.setScale(type.scale(), RoundingMode.UNNECESSARY).unscaledValue();
            if (type.kind() == DataType.Kind.UINT64) {
                if (unscaled.signum() < 0 || unscaled.compareTo(UINT64_LIMIT) >= 0) {
                    throw new InvalidValueException(column, value, "must be 0 to 2^64-1");
                }
            } else if (new BigDecimal(unscaled).precision() > type.precision()) {
                throw new InvalidValueException(column, value, "has more than " + type.precision() + " digits");
            }
            return unscaled;
        } catch (ArithmeticException e) {
            throw new InvalidValueException(column, value, "has more than " + type.scale() + " fractional digits");
        }
    }

    /** Text as UTF-8; half a surrogate pair has no UTF-8 and would become a question mark. */
    static byte[] utf8(String text, Column column) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new InvalidValueException(column, text, "has half a surrogate pair, which is no character");
                }
                i++;
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static int epochDay(LocalDate date, Column column) {
        long day = date.toEpochDay();
        if (day != (int) day) {
            throw new InvalidValueException(column, date, "is outside the range of dates");
        }
        return (int) day;
    }

    static long microsOfDay(LocalTime time, Column column) {
        requirePrecision(time.getNano(), column, time);
        return time.toNanoOfDay() / 1000;
    }

    static long units(LocalDateTime time, Column column) {
        return units(time.toEpochSecond(ZoneOffset.UTC), time.getNano(), column, time);
    }

    static long units(Instant time, Column column) {
        return units(time.getEpochSecond(), time.getNano(), column, time);
    }

    static LocalDateTime localDateTime(long units, boolean nanos) {
        long perSecond = nanos ? NANOS_PER_SECOND : MICROS_PER_SECOND;
        int nanoOfSecond = (int) (Math.floorMod(units, perSecond) * (nanos ? 1 : 1000));
        return LocalDateTime.ofEpochSecond(Math.floorDiv(units, perSecond), nanoOfSecond, ZoneOffset.UTC);
    }

    static Instant instant(long units, boolean nanos) {
        return nanos ? Instant.EPOCH.plusNanos(units) : Instant.EPOCH.plus(units, ChronoUnit.MICROS);
    }

    private static long units(long seconds, int nano, Column column, Object shown) {
        requirePrecision(nano, column, shown);
        long perSecond = column.type().nanos() ? NANOS_PER_SECOND : MICROS_PER_SECOND;
        long fraction = column.type().nanos() ? nano : nano / 1000;
        try {
            // Towards zero, so that the earliest moments do not overflow on the way.
            return seconds < 0 && fraction > 0
                    ? Math.addExact(Math.multiplyExact(seconds + 1, perSecond), fraction - perSecond)
                    : Math.addExact(Math.multiplyExact(seconds, perSecond), fraction);
        } catch (ArithmeticException e) {
            throw new InvalidValueException(column, shown, "is outside the range of the type");
        }
    }

    private static void requirePrecision(int nano, Column column, Object shown) {
        int unit = 1;
        for (int i = column.type().precision(); i < 9; i++) {
            unit *= 10;
        }
        if (nano % unit != 0) {
            throw new InvalidValueException(
                    column, shown, "has more than " + column.type().precision() + " fractional digits");
        }
    }
}
