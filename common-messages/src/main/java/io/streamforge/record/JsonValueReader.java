package io.streamforge.record;

import io.streamforge.messages.Json;
import io.streamforge.record.DataType.Kind;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** JSON values in the Java form of a column's type (see {@link RowCursor#value}). */
final class JsonValueReader {

    /** Longer texts are no numbers anybody means, and cost quadratic time. */
    private static final int LONGEST_NUMBER = DataType.MAX_DECIMAL_PRECISION + 100;

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern INTERVAL =
            Pattern.compile("[-+]?P(?!$)([-+]?\\d+Y)?([-+]?\\d+M)?([-+]?\\d+W)?([-+]?\\d+D)?"
                    + "(T(?=[-+.\\d])([-+]?\\d+H)?([-+]?\\d+M)?([-+]?\\d+(\\.\\d+)?S)?)?");
    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(java.util.Locale.ROOT);

    /**
     * The current value; afterwards the parser stands at its last token, also when it did not fit.
     *
     * @throws InvalidValueException when the column cannot hold it
     */
    @Nullable Object read(JsonParser parser, Column column) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            boolean text = column.type().kind() == Kind.JSON && !column.nullable();
            return text ? "null" : null;
        }
        return switch (column.type().kind()) {
            case JSON -> json(parser);
            case ARRAY -> array(parser, column);
            case MAP -> map(parser, column);
            case BOOLEAN -> bool(parser, token, column);
            case INT32, INT64, UINT64, DECIMAL -> number(parser, token, column);
            case FLOAT32, FLOAT64 -> real(parser, token, column);
            default -> parse(column, text(parser, token, column));
        };
    }

    private static Boolean bool(JsonParser parser, JsonToken token, Column column) {
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw unexpected(parser, column, "true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private static Object number(JsonParser parser, JsonToken token, Column column) {
        if (fitsLong(parser, token)) {
            return parser.getLongValue();
        }
        if (!token.isNumeric() && token != JsonToken.VALUE_STRING) {
            throw unexpected(parser, column, "a number");
        }
        return decimal(column, parser.getString());
    }

    private static Object real(JsonParser parser, JsonToken token, Column column) {
        if (fitsLong(parser, token) && parser.getLongValue() != 0) {
            return parser.getLongValue();
        }
        if (!token.isNumeric() && token != JsonToken.VALUE_STRING) {
            throw unexpected(parser, column, "a number");
        }
        return real(column.type().kind() == Kind.FLOAT32, parser.getString(), token, column);
    }

    private static Object real(boolean single, String text, JsonToken token, Column column) {
        if (text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity")) {
            return single ? Float.valueOf(text) : (Object) Double.valueOf(text);
        }
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            return nearest(single, text, column);
        }
        BigDecimal exact = decimal(column, text);
        return isWhole(text) && !text.equals("-0") ? exact.toBigInteger() : nearest(single, text, column);
    }

    private static boolean fitsLong(JsonParser parser, JsonToken token) {
        return token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    private static Object nearest(boolean single, String text, Column column) {
        if (single) {
            float value = Float.parseFloat(text);
            if (Float.isInfinite(value)) {
                throw new InvalidValueException(column, text, "does not fit 32-bit floating point");
            }
            return value;
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new InvalidValueException(column, text, "does not fit 64-bit floating point");
        }
        return value;
    }

    private static boolean isWhole(String text) {
        return text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
    }

    private static BigDecimal decimal(Column column, String text) {
        if (text.length() > LONGEST_NUMBER || !NUMBER.matcher(text).matches()) {
            throw new InvalidValueException(column, text, "is not a number");
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new InvalidValueException(column, text, "is not a number");
        }
    }

    private static String text(JsonParser parser, JsonToken token, Column column) {
        if (token != JsonToken.VALUE_STRING) {
            throw unexpected(parser, column, "a string");
        }
        return parser.getString();
    }

    private static Object parse(Column column, String text) {
        try {
            return switch (column.type().kind()) {
                case BYTES -> Base64.getDecoder().decode(text);
                case UUID -> UUID.fromString(matching(UUID_TEXT, text, column, "is not a UUID"));
                case DATE -> LocalDate.parse(text);
                case TIME -> LocalTime.parse(text);
                case TIMESTAMP -> LocalDateTime.parse(text);
                case TIMESTAMP_TZ -> OffsetDateTime.parse(text, WITH_OFFSET).toInstant();
                case INTERVAL -> matching(INTERVAL, text, column, "is not an ISO-8601 duration");
                default -> text;
            };
        } catch (DateTimeException e) {
            throw new InvalidValueException(column, text, "is not ISO-8601, such as " + example(column.type()));
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(column, text, "is not base64");
        }
    }

    private static String matching(Pattern pattern, String text, Column column, String reason) {
        if (!pattern.matcher(text).matches()) {
            throw new InvalidValueException(column, text, reason);
        }
        return text;
    }

    private static String example(DataType type) {
        return switch (type.kind()) {
            case DATE -> "2024-08-01";
            case TIME -> "13:45:30.5";
            case TIMESTAMP -> "2024-08-01T13:45:30.5";
            default -> "2024-08-01T13:45:30.5Z";
        };
    }

    private Object array(JsonParser parser, Column column) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw unexpected(parser, column, "an array");
        }
        Column element = element(column);
        List<@Nullable Object> items = new ArrayList<>();
        InvalidValueException first = null;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            try {
                items.add(read(parser, element));
            } catch (InvalidValueException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
        return items;
    }

    private Object map(JsonParser parser, Column column) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw unexpected(parser, column, "an object");
        }
        Column element = element(column);
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        InvalidValueException first = null;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            try {
                entries.put(name, read(parser, element));
            } catch (InvalidValueException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
        return entries;
    }

    private static Column element(Column column) {
        return Column.nullable(
                column.name(), Objects.requireNonNull(column.type().element()));
    }

    /** The value as compact JSON text, numbers in the digits they were written in. */
    private static String json(JsonParser parser) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = Json.MAPPER.createGenerator(text)) {
            int depth = 0;
            do {
                depth += copy(parser, out);
            } while (depth > 0 && parser.nextToken() != null);
        }
        return text.toString();
    }

    private static int copy(JsonParser parser, JsonGenerator out) {
        JsonToken token = parser.currentToken();
        if (token.isNumeric()) {
            out.writeNumber(parser.getString());
        } else {
            out.copyCurrentEvent(parser);
        }
        return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    }

    /** Skips what is left of the value, so that the rest of the row can be read. */
    private static InvalidValueException unexpected(JsonParser parser, Column column, String expected) {
        JsonToken token = parser.currentToken();
        String shown =
                switch (token) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "an array";
                    default -> parser.getString();
                };
        parser.skipChildren();
        return new InvalidValueException(column, shown, "expected " + expected);
    }
}
