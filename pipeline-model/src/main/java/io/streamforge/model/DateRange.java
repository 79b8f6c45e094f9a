package io.streamforge.model;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Days from the first to the last, both included; written {@code 2024-08-01:2024-08-02}. */
public record DateRange(LocalDate from, LocalDate to) {

    public DateRange {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("the range ends at " + to + " before it begins at " + from);
        }
    }

    /** @throws IllegalArgumentException saying how a range is written */
    public static DateRange parse(String text) {
        int colon = text.indexOf(':');
        LocalDate from;
        LocalDate to;
        try {
            from = LocalDate.parse(colon < 0 ? text : text.substring(0, colon));
            to = LocalDate.parse(colon < 0 ? text : text.substring(colon + 1));
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
