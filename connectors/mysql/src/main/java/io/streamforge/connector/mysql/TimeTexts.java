package io.streamforge.connector.mysql;

import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowWriter;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Dates and times as the server prints them, those that are none included. */
final class TimeTexts {

    private static final int DATE_SIZE = 10;

    private TimeTexts() {}

    static void write(@Nullable String text, Column column, RowWriter row) {
        if (text == null) {
            row.writeNull();
            return;
        }
        try {
            switch (column.type().kind()) {
                case DATE -> row.writeValue(date(text, column));
                case TIME -> row.writeValue(LocalTime.parse(text));
                case TIMESTAMP -> row.writeValue(dateTime(text, column));
                default -> row.writeValue(dateTime(text, column).toInstant(ZoneOffset.UTC));
            }
        } catch (DateTimeException e) {
            throw new InvalidValueException(column, text, "is no such date or time");
        }
    }

    private static LocalDate date(String text, Column column) {
        if (text.startsWith("0000")) {
            throw new InvalidValueException(column, text, "is no date");
        }
        return LocalDate.parse(text.substring(0, DATE_SIZE));
    }

    private static LocalDateTime dateTime(String text, Column column) {
        LocalTime time =
                text.length() > DATE_SIZE ? LocalTime.parse(text.substring(DATE_SIZE + 1)) : LocalTime.MIDNIGHT;
        return LocalDateTime.of(date(text, column), time);
    }
}
