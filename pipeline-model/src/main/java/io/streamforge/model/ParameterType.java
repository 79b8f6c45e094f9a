package io.streamforge.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Types of template parameters; text is taken for any of them, because that is all a command line has. */
public enum ParameterType {
    @JsonProperty("string")
    STRING {
        @Override
        Object convert(Object value) {
            requireScalar(value, "text");
            return value.toString();
        }
    },
    @JsonProperty("integer")
    INTEGER {
        @Override
        Object convert(Object value) {
            BigDecimal number = decimal(value, "a whole number");
            try {
                return number.longValueExact();
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("'" + shown(value) + "' is not a whole number", e);
            }
        }
    },
    @JsonProperty("number")
    NUMBER {
        @Override
        Object convert(Object value) {
            return YamlText.number(decimal(value, "a number").toString());
        }
    },
    @JsonProperty("boolean")
    BOOLEAN {
        @Override
        Object convert(Object value) {
            return switch (value.toString()) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("'" + shown(value) + "' is not true or false");
            };
        }
    },
    /** {@code 2024-08-01}. */
    @JsonProperty("date")
    DATE {
        @Override
        Object convert(Object value) {
            return date(value.toString()).toString();
        }
    },
    /** See {@link DateRange}. */
    @JsonProperty("date-range")
    DATE_RANGE {
        @Override
        Object convert(Object value) {
            return DateRange.parse(value.toString()).toString();
        }
    },
    /** A list, or text with commas. */
    @JsonProperty("list")
    LIST {
        @Override
        Object convert(Object value) {
            if (value instanceof String text) {
                return Arrays.stream(text.split(",")).map(String::strip).toList();
            }
            if (value instanceof List) {
                return value;
            }
            throw new IllegalArgumentException("expected a list");
        }
    },
    /** A mapping, such as a whole sink. */
    @JsonProperty("object")
    OBJECT {
        @Override
        Object convert(Object value) {
            if (value instanceof Map) {
                return value;
            }
            throw new IllegalArgumentException("expected a mapping of names to values");
        }
    };

    private static final int MAX_SHOWN = 60;

    /**
     * The value in this type.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    abstract Object convert(Object value);

    /** As it is written in a template. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + shown(text) + "' is not a date such as 2024-08-01", e);
        }
    }

    private static BigDecimal decimal(Object value, String expected) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        if (value instanceof Long
                || value instanceof BigInteger
                || value instanceof String
                || value instanceof Integer) {
            String text = value.toString();
            try {
                if (text.length() <= MAX_SHOWN) {
                    return new BigDecimal(text);
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + shown(value) + "' is not " + expected, e);
            }
        }
        throw new IllegalArgumentException("'" + shown(value) + "' is not " + expected);
    }

    private static void requireScalar(Object value, String expected) {
        if (value instanceof Map || value instanceof List) {
            throw new IllegalArgumentException("expected " + expected);
        }
    }
}
