package io.streamforge.connector.jdbc;

import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowCursor;
import java.time.LocalDate;

/** Dates and times, as MySQL reads them; moments with a time zone are in UTC, which is that of our sessions. */
final class MySqlTimes {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    /** What the type {@code timestamp} holds: from 1970-01-01 00:00:01 to before 2038-01-19 03:14:08. */
    private static final long FIRST_TIMESTAMP = MICROS_PER_SECOND;

    private static final long AFTER_LAST_TIMESTAMP = (1L << 31) * MICROS_PER_SECOND;

    private MySqlTimes() {}

    static MySqlColumn date(Column column) {
        return MySqlColumn.quoted((row, index, out) -> putDate(column, row, index, row.getInt(index), out));
    }

    static MySqlColumn time(Column column) {
        return MySqlColumn.quoted((row, index, out) -> {
            long micros = row.getLong(index);
            if (micros < 0 || micros >= MICROS_PER_DAY) {
                throw new InvalidValueException(column, micros + " µs", "is outside a day");
            }
            putTime(micros, out);
        });
    }

    static MySqlColumn datetime(Column column) {
        return MySqlColumn.quoted((row, index, out) -> putMoment(column, row, index, out));
    }

    static MySqlColumn timestamp(Column column) {
        return MySqlColumn.quoted((row, index, out) -> {
            long micros = row.getLong(index);
            if (micros < FIRST_TIMESTAMP || micros >= AFTER_LAST_TIMESTAMP) {
                throw outside(column, row, index);
            }
            putMoment(column, row, index, out);
        });
    }

    private static void putMoment(Column column, RowCursor row, int index, MySqlText out) {
        long micros = row.getLong(index);
        putDate(column, row, index, Math.floorDiv(micros, MICROS_PER_DAY), out);
        out.putByte(' ');
        putTime(Math.floorMod(micros, MICROS_PER_DAY), out);
    }

    private static void putDate(Column column, RowCursor row, int index, long day, MySqlText out) {
        if (day < FIRST_DAY || day > LAST_DAY) {
            throw outside(column, row, index);
        }
        LocalDate date = LocalDate.ofEpochDay(day);
        out.putDigits(date.getYear(), 4);
        out.putByte('-');
        out.putDigits(date.getMonthValue(), 2);
        out.putByte('-');
        out.putDigits(date.getDayOfMonth(), 2);
    }

    private static void putTime(long micros, MySqlText out) {
        int second = (int) (micros / MICROS_PER_SECOND);
        out.putDigits(second / 3600, 2);
        out.putByte(':');
        out.putDigits(second / 60 % 60, 2);
        out.putByte(':');
        out.putDigits(second % 60, 2);
        out.putByte('.');
        out.putDigits((int) (micros % MICROS_PER_SECOND), 6);
    }

    private static InvalidValueException outside(Column column, RowCursor row, int index) {
        return new InvalidValueException(
                column, String.valueOf(row.value(index)), "is outside the range of MySQL's type");
    }
}
