package io.streamforge.loader.api.rest;

import io.streamforge.record.DataType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.core.JsonParser;

/**
 * The narrowest type that holds every value seen of a member:
 *
 * <ul>
 *   <li>BOOLEAN, or INT64 for whole numbers of up to 18 digits, longer ones DECIMAL(38,0);
 *   <li>DECIMAL(38,s) for numbers that all have the same s fractional digits, as prices do, or more than 15 digits; FLOAT64 for others;
 *   <li>DATE, TIMESTAMP, TIMESTAMP_TZ for ISO-8601 texts, STRING for others;
 *   <li>JSON for objects and arrays, for members of several kinds and for those that were always null.
 * </ul>
 */
final class ColumnGuess {

    private static final int WIDE = 38;
    private static final int LONG_DIGITS = 18;
    private static final int EXACT_DOUBLE_DIGITS = 15;

    private enum Shape {
        BOOLEAN,
        WHOLE,
        FRACTION,
        EXPONENT,
        DATE,
        TIMESTAMP,
        TIMESTAMP_TZ,
        TEXT,
        NESTED
    }

    private final Set<Shape> shapes = EnumSet.noneOf(Shape.class);
    private int digits;
    private int wholeDigits;
    private int minScale = Integer.MAX_VALUE;
    private int maxScale;
    private int fraction;

    /** Sees the parser's current value and leaves the parser at its end. */
    void add(JsonParser parser) {
        switch (parser.currentToken()) {
            case VALUE_NULL -> {}
            case VALUE_TRUE, VALUE_FALSE -> shapes.add(Shape.BOOLEAN);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getString());
            case VALUE_STRING -> shapes.add(text(parser.getString()));
            default -> {
                shapes.add(Shape.NESTED);
                parser.skipChildren();
            }
        }
    }

    DataType type() {
        if (shapes.isEmpty() || shapes.contains(Shape.NESTED)) {
            return DataType.JSON;
        }
        if (EnumSet.of(Shape.WHOLE, Shape.FRACTION, Shape.EXPONENT).containsAll(shapes)) {
            return number();
        }
        if (EnumSet.of(Shape.DATE, Shape.TIMESTAMP, Shape.TIMESTAMP_TZ, Shape.TEXT)
                .containsAll(shapes)) {
            return shapes.size() == 1 ? text(shapes.iterator().next()) : DataType.STRING;
        }
        return shapes.size() == 1 ? DataType.BOOLEAN : DataType.JSON;
    }

    private DataType number() {
        if (shapes.contains(Shape.EXPONENT)) {
            return DataType.FLOAT64;
        }
        if (maxScale == 0) {
            return wholeDigits <= LONG_DIGITS ? DataType.INT64 : wide(0);
        }
        boolean price = minScale == maxScale && shapes.size() == 1;
        return price || digits > EXACT_DOUBLE_DIGITS ? wide(maxScale) : DataType.FLOAT64;
    }

    private DataType wide(int scale) {
        return wholeDigits + scale <= WIDE ? DataType.decimal(WIDE, scale) : DataType.JSON;
    }

    private DataType text(Shape shape) {
        int precision = fraction > 6 ? 9 : 6;
        return switch (shape) {
            case DATE -> DataType.DATE;
            case TIMESTAMP -> DataType.timestamp(precision);
            case TIMESTAMP_TZ -> DataType.timestampTz(precision);
            default -> DataType.STRING;
        };
    }

    private void number(String text) {
        if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            shapes.add(Shape.EXPONENT);
            return;
        }
        int point = text.indexOf('.');
        int scale = point < 0 ? 0 : text.length() - point - 1;
        int whole = (point < 0 ? text.length() : point) - (text.startsWith("-") ? 1 : 0);
        shapes.add(point < 0 ? Shape.WHOLE : Shape.FRACTION);
        wholeDigits = Math.max(wholeDigits, whole);
        digits = Math.max(digits, whole + scale);
        minScale = Math.min(minScale, scale);
        maxScale = Math.max(maxScale, scale);
    }

    private Shape text(String text) {
        if (text.length() < 10 || text.length() > 35 || text.charAt(4) != '-') {
            return Shape.TEXT;
        }
        try {
            if (text.length() == 10) {
                LocalDate.parse(text);
                return Shape.DATE;
            }
            boolean zoned = text.endsWith("Z") || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10;
            int nanos = zoned
                    ? OffsetDateTime.parse(text).getNano()
                    : LocalDateTime.parse(text).getNano();
            fraction = Math.max(fraction, nanos % 1000 == 0 ? 6 : 9);
            return zoned ? Shape.TIMESTAMP_TZ : Shape.TIMESTAMP;
        } catch (DateTimeException e) {
            return Shape.TEXT;
        }
    }
}
