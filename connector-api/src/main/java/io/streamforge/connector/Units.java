package io.streamforge.connector;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations ({@code 5s}) and sizes ({@code 8MiB}) as people write them. */
public final class Units {

    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*([KMGT]?)(i?B|i)?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private Units() {}

    /** @throws IllegalArgumentException saying how a duration is written */
    public static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        try {
            if (matcher.matches()) {
                long unit = java.util.Objects.requireNonNull(MILLIS.get(matcher.group(2)));
                return Duration.ofMillis(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
            }
            if (text.strip().startsWith("P")) {
                return Duration.parse(text.strip());
            }
        } catch (ArithmeticException | NumberFormatException | DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a duration such as 500ms, 5s, 2m, 1h or 7d", e);
        }
        throw new IllegalArgumentException("'" + text + "' is not a duration such as 500ms, 5s, 2m, 1h or 7d");
    }

    /**
     * Bytes of a size; units are powers of 1024 whether written {@code MB}, {@code MiB} or {@code Mi}.
     *
     * @throws IllegalArgumentException saying how a size is written
     */
    public static long size(String text) {
        Matcher matcher = SIZE.matcher(text.strip());
        try {
            if (matcher.matches()) {
                int power = "KMGT".indexOf(matcher.group(2).toUpperCase(Locale.ROOT)) + 1;
                long unit = matcher.group(2).isEmpty() ? 1 : 1L << (10 * power);
                return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a size such as 512B, 64KiB, 8MiB or 1GiB", e);
        }
        throw new IllegalArgumentException("'" + text + "' is not a size such as 512B, 64KiB, 8MiB or 1GiB");
    }
}
