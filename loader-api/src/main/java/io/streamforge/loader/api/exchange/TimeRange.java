package io.streamforge.loader.api.exchange;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span of history.
 *
 * @param start first moment, epoch milliseconds
 * @param end first moment after it
 */
record TimeRange(long start, long end) {

    private static final String MOMENT = "\\d{4}-\\d{2}-\\d{2}(?:T[0-9:.]+(?:Z|[-+]\\d{2}:\\d{2}))?";
    private static final Pattern RANGE = Pattern.compile("(" + MOMENT + "):(" + MOMENT + ")");
    private static final String EXPECTED =
            "is not a range such as 2024-08-01:2024-08-02 or 2024-08-01T06:00:00Z:2024-08-01T18:00:00Z";

    TimeRange {
        if (start >= end) {
            throw new IllegalArgumentException("the end must be after the start; it is not part of the range");
        }
    }

    /** @throws IllegalArgumentException saying how a range is written */
    static TimeRange parse(String text) {
        Matcher matcher = RANGE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' " + EXPECTED);
        }
        try {
            return new TimeRange(moment(matcher.group(1)), moment(matcher.group(2)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' " + EXPECTED, e);
        }
    }

    long millis() {
        return end - start;
    }

    private static long moment(String text) {
        Instant instant = text.indexOf('T') < 0
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : OffsetDateTime.parse(text).toInstant();
        return instant.toEpochMilli();
    }
}
