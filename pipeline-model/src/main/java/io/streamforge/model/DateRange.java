package io.streamforge.model;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Days from the first (included) to the last (excluded), written {@code 2024-08-01:2024-08-02}; one day alone stands for itself.
 */
public record DateRange(LocalDate from, LocalDate to) {

    public DateRange {
        if (!to.isAfter(from)) {
            throw new IllegalArgumentException("the end " + to + ", which is not part of it, must be after " + from);
        }
    }

    /** @throws IllegalArgumentException saying how a range is written */
    public static DateRange parse(String text) {
        int colon = text.indexOf(':');
        LocalDate from;
        LocalDate to;
        try {
            from = LocalDate.parse(colon < 0 ? text : text.substring(0, colon));
            to = colon < 0 ? from.plusDays(1) : LocalDate.parse(text.substring(colon + 1));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + ParameterType.shown(text) + "' is not a range of days such as 2024-08-01:2024-08-02", e);
        }
        return new DateRange(from, to);
    }

    @Override
    public String toString() {
        return from + ":" + to;
    }
}
