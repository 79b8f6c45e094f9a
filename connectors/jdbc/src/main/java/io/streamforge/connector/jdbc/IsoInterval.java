package io.streamforge.connector.jdbc;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An ISO-8601 duration ({@code P1Y2M3DT4H5M6.7S}, each part with a sign of its own) in the three parts a database keeps. */
public record IsoInterval(int months, int days, long micros) {

    private static final String PART = "(?:([-+]?\\d{1,19})%s)?";
    private static final Pattern TEXT = Pattern.compile("([-+])?P(?!$)" + part("Y") + part("M") + part("W") + part("D")
            + "(?:T(?=[-+.\\d])" + part("H") + part("M") + "(?:([-+]?\\d{1,19}(?:\\.\\d{1,30})?)S)?)?");
    private static final BigDecimal MICROS_PER_SECOND = BigDecimal.valueOf(1_000_000);
    private static final long MICROS_PER_MINUTE = 60_000_000L;
    private static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;

    /** @throws IllegalArgumentException when it is no interval, or one that does not fit */
    public static IsoInterval parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is not an ISO-8601 interval");
        }
        long sign = "-".equals(matcher.group(1)) ? -1 : 1;
        try {
            long months = Math.addExact(Math.multiplyExact(number(matcher.group(2)), 12), number(matcher.group(3)));
            long days = Math.addExact(Math.multiplyExact(number(matcher.group(4)), 7), number(matcher.group(5)));
            long minutes = Math.addExact(Math.multiplyExact(number(matcher.group(6)), 60), number(matcher.group(7)));
            long micros = Math.addExact(Math.multiplyExact(minutes, MICROS_PER_MINUTE), micros(matcher.group(8)));
            return new IsoInterval(
                    Math.toIntExact(sign * months), Math.toIntExact(sign * days), Math.multiplyExact(sign, micros));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("is too long, or finer than microseconds", e);
        }
    }

    /** As ISO-8601 with years, months, days, hours, minutes and seconds; {@link #parse} reads it back. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("P");
        append(text, months / 12, 'Y');
        append(text, months % 12, 'M');
        append(text, days, 'D');
        if (micros != 0 || text.length() == 1) {
            text.append('T');
            append(text, micros / MICROS_PER_HOUR, 'H');
            append(text, micros / MICROS_PER_MINUTE % 60, 'M');
            long seconds = micros % MICROS_PER_MINUTE;
            if (seconds != 0 || text.charAt(text.length() - 1) == 'T') {
                text.append(BigDecimal.valueOf(seconds, 6).stripTrailingZeros().toPlainString())
                        .append('S');
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long count, char unit) {
        if (count != 0) {
            text.append(count).append(unit);
        }
    }

    private static String part(String unit) {
        return PART.formatted(unit);
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : new BigDecimal(digits).longValueExact();
    }

    private static long micros(@Nullable String seconds) {
        return seconds == null
                ? 0
                : new BigDecimal(seconds).multiply(MICROS_PER_SECOND).longValueExact();
    }
}
