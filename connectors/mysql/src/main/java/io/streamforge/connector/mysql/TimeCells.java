package io.streamforge.connector.mysql;

import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowWriter;
import java.time.DateTimeException;
import java.time.LocalDate;

/** Dates and times as the servers pack them since 5.6, and the older forms without fractions. */
final class TimeCells {

    private static final long MICROS = 1_000_000L;
    private static final long DAY_MICROS = 86_400 * MICROS;
    private static final long TIME_OFFSET = 0x800000L;
    private static final int MONTHS = 13;
    private static final int[] FRACTION_UNITS = {1, 10_000, 100, 1};

    private TimeCells() {}

    static Cell date(Column column) {
        return (bytes, at, row) -> {
            int packed = (int) EventBytes.littleEndian(bytes, at, 3);
            writeDate(packed >> 9, packed >> 5 & 15, packed & 31, column, row);
        };
    }

    static Cell time(ImageColumn image, Column column) {
        return (bytes, at, row) -> writeTime(timeMicros(bytes, at, image), column, row);
    }

    static Cell oldTime(Column column) {
        return (bytes, at, row) -> {
            int packed = (int) EventBytes.littleEndian(bytes, at, 3) << 8 >> 8;
            int size = Math.abs(packed);
            long seconds = size / 10_000 * 3600L + size / 100 % 100 * 60L + size % 100;
            writeTime((packed < 0 ? -seconds : seconds) * MICROS, column, row);
        };
    }

    static Cell dateTime(ImageColumn image, Column column) {
        return (bytes, at, row) -> {
            long packed = EventBytes.bigEndian(bytes, at, 5) - 0x8000000000L;
            long micros = fraction(bytes, at + 5, image);
            int yearMonth = (int) (packed >> 22);
            long seconds = (packed >> 12 & 31) * 3600 + (packed >> 6 & 63) * 60 + (packed & 63);
            writeTimestamp(
                    yearMonth / MONTHS,
                    yearMonth % MONTHS,
                    (int) (packed >> 17 & 31),
                    seconds * MICROS + micros,
                    column,
                    row);
        };
    }

    static Cell oldDateTime(Column column) {
        return (bytes, at, row) -> {
            long packed = EventBytes.littleEndian(bytes, at, 8);
            int date = (int) (packed / MICROS);
            int time = (int) (packed % MICROS);
            long seconds = time / 10_000 * 3600L + time / 100 % 100 * 60L + time % 100;
            writeTimestamp(date / 10_000, date / 100 % 100, date % 100, seconds * MICROS, column, row);
        };
    }

    static Cell timestamp(ImageColumn image, Column column) {
        return (bytes, at, row) -> {
            long seconds = EventBytes.bigEndian(bytes, at, 4);
            writeInstant(seconds, fraction(bytes, at + 4, image), column, row);
        };
    }

    static Cell oldTimestamp(Column column) {
        return (bytes, at, row) -> writeInstant(EventBytes.littleEndian(bytes, at, 4), 0, column, row);
    }

    private static void writeInstant(long seconds, long micros, Column column, RowWriter row) {
        if (seconds == 0 && micros == 0) {
            throw new InvalidValueException(column, "0000-00-00 00:00:00", "is no date");
        }
        row.writeTimestamp(seconds * MICROS + micros);
    }

    private static void writeDate(int year, int month, int day, Column column, RowWriter row) {
        row.writeDate((int) epochDay(year, month, day, column));
    }

    private static void writeTimestamp(int year, int month, int day, long micros, Column column, RowWriter row) {
        row.writeTimestamp(epochDay(year, month, day, column) * DAY_MICROS + micros);
    }

    /** Dates may be no dates: 0000-00-00, or with a month or a day of 0. */
    private static long epochDay(int year, int month, int day, Column column) {
        if (year == 0) {
            throw new InvalidValueException(column, "%04d-%02d-%02d".formatted(year, month, day), "is no date");
        }
        try {
            return LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            throw new InvalidValueException(column, "%04d-%02d-%02d".formatted(year, month, day), "is no date");
        }
    }

    private static void writeTime(long micros, Column column, RowWriter row) {
        if (micros < 0 || micros >= DAY_MICROS) {
            throw new InvalidValueException(column, shown(micros), "is a span of time, not a time of day");
        }
        row.writeTime(micros);
    }

    private static String shown(long micros) {
        long seconds = Math.abs(micros) / MICROS;
        return "%s%02d:%02d:%02d".formatted(micros < 0 ? "-" : "", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** Signed micros; whole and fraction of a negative time are packed as one number. */
    private static long timeMicros(byte[] bytes, int at, ImageColumn image) {
        int size = image.fractionSize();
        long offset = TIME_OFFSET << (8 * size);
        long packed = EventBytes.bigEndian(bytes, at, 3 + size) - offset;
        long magnitude = Math.abs(packed);
        long whole = magnitude >> (8 * size);
        long fraction = magnitude & ((1L << (8 * size)) - 1);
        long seconds = (whole >> 12 & 0x3FF) * 3600 + (whole >> 6 & 63) * 60 + (whole & 63);
        long micros = seconds * MICROS + fraction * FRACTION_UNITS[size];
        return packed < 0 ? -micros : micros;
    }

    private static long fraction(byte[] bytes, int at, ImageColumn image) {
        int size = image.fractionSize();
        return EventBytes.bigEndian(bytes, at, size) * FRACTION_UNITS[size];
    }
}
