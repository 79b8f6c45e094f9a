package io.streamforge.connector.file;

import io.streamforge.record.DataType;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The narrowest type that holds all texts seen of a column, without changing any of them:
 *
 * <ul>
 *   <li>BOOLEAN: only true and false;
 *   <li>INT64: whole numbers of up to 18 digits, longer ones DECIMAL(38,0); a leading zero makes it text, because it is a code;
 *   <li>DECIMAL(38,s): numbers that all have the same s fractional digits, as prices do, or more than 15 digits;
 *   <li>FLOAT64: other numbers, which at 15 digits it keeps exactly;
 *   <li>DATE, TIMESTAMP, TIMESTAMP_TZ: ISO-8601, a space may stand for the T;
 *   <li>STRING: everything else, and columns without any value.
 * </ul>
 */
final class ColumnProfile {

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern PLAIN = Pattern.compile("-?(0|[1-9][0-9]*)\\.[0-9]+");
    private static final Pattern SCIENTIFIC = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?[eE][-+]?[0-9]{1,3}");
    private static final int WIDE = 38;
    private static final int LONG_DIGITS = 18;
    private static final int EXACT_DOUBLE_DIGITS = 15;

    /** What a text may be; a column is what all its texts are. */
    private enum Shape {
        BOOLEAN,
        WHOLE,
        PLAIN,
        SCIENTIFIC,
        DATE,
        TIMESTAMP,
        TIMESTAMP_TZ,
        JSON,
        TEXT
    }

    private final java.util.EnumSet<Shape> shapes = java.util.EnumSet.noneOf(Shape.class);
    private int digits;
    private int wholeDigits;
    private int minScale = Integer.MAX_VALUE;
    private int maxScale;
    private boolean nanos;

    void add(String text) {
        Shape shape = shape(text);
        shapes.add(shape);
        if (shape == Shape.WHOLE || shape == Shape.PLAIN) {
            number(text);
        }
        if (shape == Shape.TIMESTAMP || shape == Shape.TIMESTAMP_TZ) {
            int point = text.indexOf('.');
            int zone = Math.max(text.indexOf('+', point), Math.max(text.indexOf('-', point), text.indexOf('Z', point)));
            nanos |= point > 0 && (zone < point ? text.length() : zone) - point > 7;
        }
    }

    /** A JSON object or array. */
    void addNested() {
        shapes.add(Shape.JSON);
    }

    /** A text that must stay one, whatever it looks like. */
    void addText() {
        shapes.add(Shape.TEXT);
    }

    DataType type() {
        if (shapes.size() == 1) {
            return single(shapes.iterator().next());
        }
        boolean numeric = !shapes.isEmpty()
                && java.util.EnumSet.of(Shape.WHOLE, Shape.PLAIN, Shape.SCIENTIFIC)
                        .containsAll(shapes);
        return numeric ? fractions() : DataType.STRING;
    }

    private DataType single(Shape shape) {
        return switch (shape) {
            case BOOLEAN -> DataType.BOOLEAN;
            case WHOLE -> wholeDigits <= LONG_DIGITS ? DataType.INT64 : wide(0);
            case PLAIN, SCIENTIFIC -> fractions();
            case DATE -> DataType.DATE;
            case TIMESTAMP -> DataType.timestamp(nanos ? 9 : 6);
            case TIMESTAMP_TZ -> DataType.timestampTz(nanos ? 9 : 6);
            case JSON -> DataType.JSON;
            case TEXT -> DataType.STRING;
        };
    }

    private DataType fractions() {
        boolean sameScale = minScale == maxScale && !shapes.contains(Shape.SCIENTIFIC) && !shapes.contains(Shape.WHOLE);
        return sameScale || digits > EXACT_DOUBLE_DIGITS ? wide(maxScale) : DataType.FLOAT64;
    }

    private DataType wide(int scale) {
        return wholeDigits + scale <= WIDE ? DataType.decimal(WIDE, scale) : DataType.STRING;
    }

    private void number(String text) {
        int point = text.indexOf('.');
        int sign = text.startsWith("-") ? 1 : 0;
        int scale = point < 0 ? 0 : text.length() - point - 1;
        int whole = (point < 0 ? text.length() : point) - sign;
        wholeDigits = Math.max(wholeDigits, whole);
        digits = Math.max(digits, whole + scale);
        minScale = Math.min(minScale, scale);
        maxScale = Math.max(maxScale, scale);
    }

    private static Shape shape(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Shape.BOOLEAN;
        }
        if (WHOLE.matcher(text).matches()) {
            return Shape.WHOLE;
        }
        if (PLAIN.matcher(text).matches()) {
            return Shape.PLAIN;
        }
        if (SCIENTIFIC.matcher(text).matches()) {
            return Shape.SCIENTIFIC;
        }
        byte[] ascii = text.getBytes(StandardCharsets.UTF_8);
        if (AsciiTimes.date(ascii, 0, ascii.length) != AsciiTimes.NO_DATE) {
            return Shape.DATE;
        }
        if (AsciiTimes.timestamp(ascii, 0, ascii.length, 9, false) != AsciiTimes.NO_TIMESTAMP) {
            return Shape.TIMESTAMP;
        }
        return AsciiTimes.timestamp(ascii, 0, ascii.length, 9, true) != AsciiTimes.NO_TIMESTAMP
                ? Shape.TIMESTAMP_TZ
                : Shape.TEXT;
    }
}
