package io.streamforge.operators.expression;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** Functions of dates and timestamps; those with a zone count in UTC. */
final class TimeFunctions {

    private TimeFunctions() {}

    private static LocalDateTime dateTime(Object moment) {
        if (moment instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        return moment instanceof Instant instant
                ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
                : (LocalDateTime) moment;
    }

    static long field(String field, Object moment) {
        LocalDateTime time = dateTime(moment);
        return switch (field) {
            case "YEAR" -> time.getYear();
            case "MONTH" -> time.getMonthValue();
            case "DAY" -> time.getDayOfMonth();
            case "HOUR" -> time.getHour();
            case "MINUTE" -> time.getMinute();
            default -> time.getSecond();
        };
    }

    static Object truncate(String unit, Object moment) {
        LocalDateTime time = dateTime(moment);
        LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
        LocalDateTime cut =
                switch (unit.toLowerCase(Locale.ROOT)) {
                    case "year" -> day.withDayOfYear(1);
                    case "quarter" -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
                    case "month" -> day.withDayOfMonth(1);
                    case "week" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    case "day" -> day;
                    case "hour" -> time.truncatedTo(ChronoUnit.HOURS);
                    case "minute" -> time.truncatedTo(ChronoUnit.MINUTES);
                    case "second" -> time.truncatedTo(ChronoUnit.SECONDS);
                    default ->
                        throw EvaluationException.argument("DATE_TRUNC: '" + unit
                                + "' is no unit; known: year, quarter, month, week, day, hour, minute, second");
                };
        if (moment instanceof LocalDate) {
            return cut.toLocalDate();
        }
        return moment instanceof Instant ? (Object) cut.toInstant(ZoneOffset.UTC) : cut;
    }

    static Object ofEpochMilli(long millis) {
        try {
            return Instant.ofEpochMilli(millis);
        } catch (DateTimeException e) {
            throw EvaluationException.overflow(millis + " ms is no timestamp");
        }
    }

    static long toEpochMilli(Object moment) {
        try {
            return dateTime(moment).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (ArithmeticException e) {
            throw EvaluationException.overflow("the timestamp is too far from 1970");
        }
    }
}
