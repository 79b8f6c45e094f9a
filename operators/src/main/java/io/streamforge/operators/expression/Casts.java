package io.streamforge.operators.expression;

import io.streamforge.record.DataType;
import io.streamforge.record.DataType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Values from one type to another. Numbers are rounded half up (away from zero at the half) and refused when they do not fit;
 * fractions of a second are cut; a timestamp without a zone counts as UTC; texts are read in the forms that are written.
 */
final class Casts {

    private static final BigInteger UINT64_LIMIT = BigInteger.ONE.shiftLeft(64);
    private static final int LONGEST_NUMBER = 1100;
    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,3})?");
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Casts() {}

    /** Whether a cast from one to the other has a meaning. */
    static boolean possible(DataType from, DataType to) {
        if (from.equals(to) || (to.kind() == Kind.STRING && from.kind() != Kind.BYTES)) {
            return true;
        }
        return switch (to.kind()) {
            case BOOLEAN -> from.kind() == Kind.STRING || Types.whole(from);
            case INT32, INT64, UINT64, DECIMAL ->
                from.kind() == Kind.STRING || Types.numeric(from) || from.kind() == Kind.BOOLEAN;
            case FLOAT32, FLOAT64 -> from.kind() == Kind.STRING || Types.numeric(from);
            case DATE -> from.kind() == Kind.STRING || timestamp(from);
            case TIME -> from.kind() == Kind.STRING || from.kind() == Kind.TIME || timestamp(from);
            case TIMESTAMP, TIMESTAMP_TZ -> from.kind() == Kind.STRING || from.kind() == Kind.DATE || timestamp(from);
            case UUID -> from.kind() == Kind.STRING;
            default -> false;
        };
    }

    private static boolean timestamp(DataType type) {
        return type.kind() == Kind.TIMESTAMP || type.kind() == Kind.TIMESTAMP_TZ;
    }

    /** @throws EvaluationException when the value has no counterpart in the type */
    static Object cast(Object value, DataType to) {
        try {
            return switch (to.kind()) {
                case STRING -> text(value);
                case BOOLEAN -> bool(value, to);
                case INT32, INT64 -> whole(value, to);
                case UINT64, DECIMAL -> fit(decimal(value, to), to);
                case FLOAT32, FLOAT64 -> real(value, to);
                case DATE -> date(value);
                case TIME -> cut(time(value), to);
                case TIMESTAMP -> cut(dateTime(value), to);
                case TIMESTAMP_TZ -> cut(dateTime(value).toInstant(ZoneOffset.UTC), to);
                case UUID -> uuid(value, to);
                default -> value;
            };
        } catch (DateTimeException | NumberFormatException e) {
            throw EvaluationException.cast(value, to);
        }
    }

    static String text(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof LocalDateTime time) {
            return java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
        }
        return value.toString();
    }

    private static Boolean bool(Object value, DataType to) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        return switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "1" -> true;
            case "false", "f", "no", "n", "0" -> false;
            default -> throw EvaluationException.cast(value, to);
        };
    }

    private static Long whole(Object value, DataType to) {
        if (value instanceof Long number && to.kind() == Kind.INT64) {
            return number;
        }
        BigDecimal rounded = bounded(decimal(value, to), to).setScale(0, RoundingMode.HALF_UP);
        try {
            return to.kind() == Kind.INT32 ? (long) rounded.intValueExact() : rounded.longValueExact();
        } catch (ArithmeticException e) {
            throw EvaluationException.cast(value, to);
        }
    }

    private static BigDecimal decimal(Object value, DataType to) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof Long number) {
            return BigDecimal.valueOf(number);
        }
        if (value instanceof Boolean bool) {
            return bool ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (value instanceof Double real) {
            if (!Double.isFinite(real)) {
                throw EvaluationException.cast(value, to);
            }
            return new BigDecimal(Double.toString(real));
        }
        return new BigDecimal(number(value, to));
    }

    private static String number(Object value, DataType to) {
        String text = value.toString().strip();
        if (text.length() > LONGEST_NUMBER || !NUMBER.matcher(text).matches()) {
            throw EvaluationException.cast(value, to);
        }
        return text;
    }

    /** Rounded to the type's scale, and refused when it has more digits than the type. */
    static BigDecimal fit(BigDecimal value, DataType type) {
        BigDecimal rounded = bounded(value, type).setScale(type.scale(), RoundingMode.HALF_UP);
        if (type.kind() == Kind.UINT64) {
            if (rounded.signum() < 0 || rounded.toBigInteger().compareTo(UINT64_LIMIT) >= 0) {
                throw EvaluationException.cast(value, type);
            }
        } else if (rounded.precision() > type.precision()) {
            throw EvaluationException.overflow(
                    rounded.precision() > 60
                            ? "the number does not fit " + type
                            : rounded.toPlainString() + " does not fit " + type);
        }
        return rounded;
    }

    /** Guards against exponents that would make numbers of a billion digits. */
    private static BigDecimal bounded(BigDecimal value, DataType type) {
        if ((long) value.precision() - value.scale() > DataType.MAX_DECIMAL_PRECISION || value.scale() > 10_000) {
            throw EvaluationException.cast(value, type);
        }
        return value;
    }

    private static Double real(Object value, DataType to) {
        if (value instanceof String text) {
            return switch (text.strip()) {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> narrowed(Double.parseDouble(number(value, to)), value, to);
            };
        }
        double real = ((Number) value).doubleValue();
        return value instanceof Double && !Double.isFinite(real) ? real : narrowed(real, value, to);
    }

    private static double narrowed(double real, Object value, DataType to) {
        double result = to.kind() == Kind.FLOAT32 ? (float) real : real;
        if (Double.isInfinite(result)) {
            throw EvaluationException.cast(value, to);
        }
        return result;
    }

    private static LocalDate date(Object value) {
        if (value instanceof String text && text.strip().length() <= 10) {
            return LocalDate.parse(text.strip());
        }
        return value instanceof LocalDate date ? date : dateTime(value).toLocalDate();
    }

    private static LocalTime time(Object value) {
        if (value instanceof String text) {
            return LocalTime.parse(text.strip());
        }
        return value instanceof LocalTime time ? time : dateTime(value).toLocalTime();
    }

    private static LocalDateTime dateTime(Object value) {
        if (value instanceof LocalDateTime time) {
            return time;
        }
        if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        if (value instanceof Instant instant) {
            return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        }
        return parse(value.toString().strip());
    }

    private static LocalDateTime parse(String text) {
        if (text.length() <= 10) {
            return LocalDate.parse(text).atStartOfDay();
        }
        String iso = text.charAt(10) == ' ' ? text.substring(0, 10) + "T" + text.substring(11) : text;
        return zoned(iso)
                ? LocalDateTime.ofInstant(OffsetDateTime.parse(iso).toInstant(), ZoneOffset.UTC)
                : LocalDateTime.parse(iso);
    }

    /** Whether a timestamp's text ends in a zone. */
    static boolean zoned(String iso) {
        return iso.endsWith("Z") || iso.indexOf('+', 11) > 0 || iso.indexOf('-', 11) > 0;
    }

    private static Temporal cut(Temporal time, DataType to) {
        long unit = 1;
        for (int i = to.precision(); i < 9; i++) {
            unit *= 10;
        }
        long nanos = time.get(java.time.temporal.ChronoField.NANO_OF_SECOND);
        return time.minus(nanos % unit, ChronoUnit.NANOS);
    }

    private static Object uuid(Object value, DataType to) {
        if (value instanceof UUID) {
            return value;
        }
        String text = value.toString().strip();
        if (!UUID_TEXT.matcher(text).matches()) {
            throw EvaluationException.cast(value, to);
        }
        return UUID.fromString(text);
    }
}
