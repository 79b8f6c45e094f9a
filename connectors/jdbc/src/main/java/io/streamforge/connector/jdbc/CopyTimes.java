package io.streamforge.connector.jdbc;

import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowCursor;

/**
 * Dates and times; PostgreSQL counts from 2000-01-01. Its outermost values mean infinity, so ranges are checked here (its {@code
 * datetime/timestamp.h} has the limits: 4714-11-24 BC to AD 5874897 and 294276).
 */
final class CopyTimes {

    private static final int EPOCH_DAYS = 10_957;
    private static final int FIRST_DAY = -2_451_545;
    private static final int AFTER_LAST_DAY = 2_145_031_949;
    private static final long EPOCH_MICROS = 946_684_800_000_000L;
    private static final long FIRST_MICRO = -211_813_488_000_000_000L;
    private static final long AFTER_LAST_MICRO = 9_223_371_331_200_000_000L;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private CopyTimes() {}

    static CopyColumn date(Column from) {
        return (row, column, out) -> {
            long day = (long) row.getInt(column) - EPOCH_DAYS;
            if (day < FIRST_DAY || day >= AFTER_LAST_DAY) {
                throw outside(from, row, column);
            }
            out.putInt(Integer.BYTES);
            out.putInt((int) day);
        };
    }

    static CopyColumn time(Column from) {
        return (row, column, out) -> {
            long micros = row.getLong(column);
            if (micros < 0 || micros >= MICROS_PER_DAY) {
                throw new InvalidValueException(from, micros + " µs", "is outside a day");
            }
            out.putInt(Long.BYTES);
            out.putLong(micros);
        };
    }

    /** Both timestamps: with a time zone PostgreSQL stores UTC, as we do. */
    static CopyColumn timestamp(Column from) {
        return (row, column, out) -> {
            long micros = row.getLong(column);
            if (micros < FIRST_MICRO + EPOCH_MICROS || micros - EPOCH_MICROS >= AFTER_LAST_MICRO) {
                throw outside(from, row, column);
            }
            out.putInt(Long.BYTES);
            out.putLong(micros - EPOCH_MICROS);
        };
    }

    private static InvalidValueException outside(Column from, RowCursor row, int column) {
        return new InvalidValueException(
                from, String.valueOf(row.value(column)), "is outside the range of PostgreSQL's type");
    }
}
