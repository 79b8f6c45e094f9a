package io.streamforge.connector.mysql;

import com.github.shyiko.mysql.binlog.event.deserialization.ColumnType;
import com.github.shyiko.mysql.binlog.event.deserialization.json.JsonFormatter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** Writes a document in MySQL's own layout, so that rows from the log and rows from a query have the same text. */
final class JsonText implements JsonFormatter {

    /** A number of so many digits and no more comes through eight bytes as it was, unless it is next to nothing. */
    private static final int EXACT_DIGITS = 15;
    /** Digits that tell any two numbers of eight bytes apart. */
    private static final int MOST_DIGITS = 17;
    /** Beyond so many places before or behind the point, a number is written with an exponent. */
    private static final int MOST_PLACES = 15;

    private static final int LINE = 76;
    private static final HexFormat HEX = HexFormat.of();

    private final StringBuilder text = new StringBuilder();

    @Override
    public String toString() {
        return text.toString();
    }

    @Override
    public void beginObject(int size) {
        text.append('{');
    }

    @Override
    public void beginArray(int size) {
        text.append('[');
    }

    @Override
    public void endObject() {
        text.append('}');
    }

    @Override
    public void endArray() {
        text.append(']');
    }

    @Override
    public void nextEntry() {
        text.append(", ");
    }

    @Override
    public void name(String name) {
        value(name);
        text.append(": ");
    }

    @Override
    public void value(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            escaped(value.charAt(i));
        }
        text.append('"');
    }

    private void escaped(char c) {
        switch (c) {
            case '"', '\\' -> text.append('\\').append(c);
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (c < ' ') {
                    text.append("\\u").append(HEX.toHexDigits(c));
                } else {
                    text.append(c);
                }
            }
        }
    }

    @Override
    public void value(int value) {
        text.append(value);
    }

    @Override
    public void value(long value) {
        text.append(value);
    }

    /** The fewest digits that mean the number; a whole one has a zero behind the point. */
    @Override
    public void value(double value) {
        if (value == 0) {
            text.append(1 / value < 0 ? "-0.0" : "0.0");
            return;
        }
        BigDecimal shortest = shortest(value);
        int places = shortest.precision() - shortest.scale();
        if (places < 1 - MOST_PLACES || places > MOST_PLACES) {
            exponential(shortest, places - 1);
        } else {
            String plain = shortest.toPlainString();
            text.append(plain).append(plain.indexOf('.') < 0 ? ".0" : "");
        }
    }

    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        int fewest = Math.abs(value) < Double.MIN_NORMAL ? 1 : EXACT_DIGITS;
        for (int digits = fewest; digits < MOST_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(MOST_DIGITS)).stripTrailingZeros();
    }

    private void exponential(BigDecimal value, int exponent) {
        String digits = value.unscaledValue().abs().toString();
        text.append(value.signum() < 0 ? "-" : "").append(digits.charAt(0));
        if (digits.length() > 1) {
            text.append('.').append(digits, 1, digits.length());
        }
        text.append('e').append(exponent);
    }

    @Override
    public void value(BigInteger value) {
        text.append(value);
    }

    @Override
    public void value(BigDecimal value) {
        text.append(value.toPlainString());
    }

    @Override
    public void value(boolean value) {
        text.append(value);
    }

    @Override
    public void valueNull() {
        text.append("null");
    }

    @Override
    public void valueYear(int year) {
        text.append(year);
    }

    @Override
    public void valueDate(int year, int month, int day) {
        text.append('"').append(date(year, month, day)).append('"');
    }

    @Override
    public void valueDatetime(int year, int month, int day, int hour, int minute, int second, int micros) {
        text.append('"')
                .append(date(year, month, day))
                .append(' ')
                .append(time(hour, minute, second, micros))
                .append('"');
    }

    @Override
    public void valueTime(int hour, int minute, int second, int micros) {
        time(false, hour, minute, second, micros);
    }

    /** A time of day, or a span of time. */
    void time(boolean negative, int hour, int minute, int second, int micros) {
        text.append(negative ? "\"-" : "\"")
                .append(time(hour, minute, second, micros))
                .append('"');
    }

    @Override
    public void valueTimestamp(long seconds, int micros) {
        throw new UnsupportedOperationException("documents hold timestamps as dates and times");
    }

    /** The server breaks the text into lines, whose ends it then escapes. */
    @Override
    public void valueOpaque(ColumnType type, byte[] value) {
        Base64.Encoder lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
        value("base64:type" + type.getCode() + ":" + new String(lines.encode(value), StandardCharsets.US_ASCII));
    }

    private static String date(int year, int month, int day) {
        return "%04d-%02d-%02d".formatted(year, month, day);
    }

    private static String time(int hour, int minute, int second, int micros) {
        return "%02d:%02d:%02d.%06d".formatted(hour, minute, second, micros);
    }
}
