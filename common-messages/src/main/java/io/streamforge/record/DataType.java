package io.streamforge.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A logical column type, written as in SQL: {@code INT64}, {@code DECIMAL(12,2)}, {@code TIMESTAMP(6)}, {@code ARRAY(STRING)}.
 *
 * @param kind what the values are
 * @param precision digits of a DECIMAL, fractional digits of TIME and TIMESTAMP, otherwise 0
 * @param scale fractional digits of a DECIMAL, otherwise 0
 * @param element type of an ARRAY's elements or a MAP's values, otherwise null
 */
public record DataType(
        Kind kind, int precision, int scale, @Nullable DataType element) {

    /** Largest precision of a DECIMAL, as in most relational databases' portable range. */
    public static final int MAX_DECIMAL_PRECISION = 1000;

    public static final DataType BOOLEAN = of(Kind.BOOLEAN);
    public static final DataType INT32 = of(Kind.INT32);
    public static final DataType INT64 = of(Kind.INT64);
    public static final DataType UINT64 = of(Kind.UINT64);
    public static final DataType FLOAT32 = of(Kind.FLOAT32);
    public static final DataType FLOAT64 = of(Kind.FLOAT64);
    public static final DataType STRING = of(Kind.STRING);
    public static final DataType BYTES = of(Kind.BYTES);
    public static final DataType UUID = of(Kind.UUID);
    public static final DataType DATE = of(Kind.DATE);
    public static final DataType INTERVAL = of(Kind.INTERVAL);
    public static final DataType JSON = of(Kind.JSON);

    private static final int MAX_TEXT = 200;
    private static final Pattern PARAMETERS = Pattern.compile("(\\d{1,4})(?:\\s*,\\s*(\\d{1,4}))?");
    private static final int DEFAULT_TIME_PRECISION = 6;

    /** The families of types; each has one Avro form (see {@link AvroSchemas}) and one Java form (see {@link RowCursor#value}). */
    public enum Kind {
        BOOLEAN,
        INT32,
        INT64,
        UINT64,
        FLOAT32,
        FLOAT64,
        DECIMAL,
        STRING,
        BYTES,
        UUID,
        DATE,
        TIME,
        TIMESTAMP,
        TIMESTAMP_TZ,
        INTERVAL,
        JSON,
        ARRAY,
        MAP
    }

    public DataType {
        switch (kind) {
            case DECIMAL -> {
                if (precision < 1 || precision > MAX_DECIMAL_PRECISION || scale < 0 || scale > precision) {
                    throw new IllegalArgumentException(
                            "DECIMAL(%d,%d): precision must be 1 to %d and scale 0 to the precision"
                                    .formatted(precision, scale, MAX_DECIMAL_PRECISION));
                }
            }
            case TIME -> requireFraction(kind, precision, 6);
            case TIMESTAMP, TIMESTAMP_TZ -> requireFraction(kind, precision, 9);
            case ARRAY, MAP -> {
                if (element == null) {
                    throw new IllegalArgumentException(kind + " needs an element type, such as " + kind + "(STRING)");
                }
            }
            default -> {
                if (precision != 0 || scale != 0) {
                    throw new IllegalArgumentException(kind + " takes no parameters");
                }
            }
        }
    }

    public static DataType of(Kind kind) {
        return new DataType(kind, 0, 0, null);
    }

    public static DataType decimal(int precision, int scale) {
        return new DataType(Kind.DECIMAL, precision, scale, null);
    }

    public static DataType time(int precision) {
        return new DataType(Kind.TIME, precision, 0, null);
    }

    public static DataType timestamp(int precision) {
        return new DataType(Kind.TIMESTAMP, precision, 0, null);
    }

    public static DataType timestampTz(int precision) {
        return new DataType(Kind.TIMESTAMP_TZ, precision, 0, null);
    }

    public static DataType array(DataType element) {
        return new DataType(Kind.ARRAY, 0, 0, element);
    }

    public static DataType map(DataType values) {
        return new DataType(Kind.MAP, 0, 0, values);
    }

    /** True when a timestamp keeps more than microseconds and is therefore stored as nanoseconds. */
    public boolean nanos() {
        return precision > 6;
    }

    /** True when this is a wider type: each value of the other one is one of it, and it has more. */
    public boolean holds(DataType narrow) {
        return switch (narrow.kind) {
            case INT32 -> kind == Kind.INT64;
            case FLOAT32 -> kind == Kind.FLOAT64;
            case DECIMAL ->
                kind == Kind.DECIMAL
                        && !equals(narrow)
                        && scale >= narrow.scale
                        && precision - scale >= narrow.precision - narrow.scale;
            case TIME, TIMESTAMP, TIMESTAMP_TZ ->
                kind == narrow.kind && nanos() == narrow.nanos() && precision > narrow.precision;
            default -> false;
        };
    }

    /**
     * Parses what {@link #toString} prints; case does not matter, {@code TIME} and {@code TIMESTAMP} alone mean precision 6.
     *
     * @throws IllegalArgumentException naming the text and the known types
     */
    @JsonCreator
    public static DataType parse(String text) {
        String trimmed = text.strip();
        if (trimmed.length() > MAX_TEXT) {
            throw new IllegalArgumentException("a type's text is at most " + MAX_TEXT + " characters");
        }
        int open = trimmed.indexOf('(');
        String name = (open < 0 ? trimmed : trimmed.substring(0, open)).strip().toUpperCase(Locale.ROOT);
        Kind kind;
        try {
            kind = Kind.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a type; known: " + java.util.Arrays.toString(Kind.values()), e);
        }
        if (open < 0) {
            return switch (kind) {
                case TIME, TIMESTAMP, TIMESTAMP_TZ -> new DataType(kind, DEFAULT_TIME_PRECISION, 0, null);
                default -> of(kind);
            };
        }
        if (!trimmed.endsWith(")")) {
            throw new IllegalArgumentException("'" + text + "': ')' is missing");
        }
        String inner = trimmed.substring(open + 1, trimmed.length() - 1);
        if (kind == Kind.ARRAY || kind == Kind.MAP) {
            return new DataType(kind, 0, 0, parse(inner));
        }
        Matcher parameters = PARAMETERS.matcher(inner.strip());
        if (!parameters.matches()) {
            throw new IllegalArgumentException("'" + text + "': expected numbers in the parentheses");
        }
        int scale = parameters.group(2) == null ? 0 : Integer.parseInt(parameters.group(2));
        return new DataType(kind, Integer.parseInt(parameters.group(1)), scale, null);
    }

    @JsonValue
    @Override
    public String toString() {
        return switch (kind) {
            case DECIMAL -> "DECIMAL(" + precision + "," + scale + ")";
            case TIME, TIMESTAMP, TIMESTAMP_TZ -> kind + "(" + precision + ")";
            case ARRAY, MAP -> kind + "(" + element + ")";
            default -> kind.toString();
        };
    }

    private static void requireFraction(Kind kind, int precision, int max) {
        if (precision < 0 || precision > max) {
            throw new IllegalArgumentException(
                    "%s(%d): fractional digits must be 0 to %d".formatted(kind, precision, max));
        }
    }
}
