package io.streamforge.connector.file;

/**
 * Dates and timestamps of the years 0001 to 9999 from ASCII: {@code 2024-08-01}, {@code 2024-08-01T12:30:00.5},
 * {@code 2024-08-01 12:30:00+02:00}. What these methods do not take is left to slower code.
 */
final class AsciiTimes {

    static final int NO_DATE = Integer.MIN_VALUE;
    static final long NO_TIMESTAMP = Long.MIN_VALUE;

    private static final int DATE_LENGTH = 10;
    private static final int MINUTE_LENGTH = 16;
    private static final int SECOND_LENGTH = 19;
    private static final long NANO_RANGE_SECONDS = Long.MAX_VALUE / 1_000_000_000L - 1;
    private static final int[] POWERS = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
    };
    private static final byte[] DAYS = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private AsciiTimes() {}

    /** Days since 1970-01-01. */
    static int date(byte[] bytes, int from, int to) {
        if (to - from != DATE_LENGTH || bytes[from + 4] != '-' || bytes[from + 7] != '-') {
            return NO_DATE;
        }
        int year = two(bytes, from) * 100 + two(bytes, from + 2);
        int month = two(bytes, from + 5);
        int day = two(bytes, from + 8);
        if (year < 1 || month < 1 || month > 12 || day < 1) {
            return NO_DATE;
        }
        boolean leap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
        if (day > DAYS[month] && !(leap && month == 2 && day == 29)) {
            return NO_DATE;
        }
        return epochDay(year, month, day);
    }

    /** Howard Hinnant's days_from_civil: years begin in March, so that the leap day is a year's last. */
    private static int epochDay(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = y / 400;
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }

    /**
     * Microseconds, or nanoseconds above precision 6, since 1970-01-01T00:00.
     *
     * @param zoned whether the text must end in an offset; otherwise it must not
     */
    static long timestamp(byte[] bytes, int from, int to, int precision, boolean zoned) {
        if (to - from < MINUTE_LENGTH) {
            return NO_TIMESTAMP;
        }
        int day = date(bytes, from, from + DATE_LENGTH);
        byte between = bytes[from + DATE_LENGTH];
        int minute = clock(bytes, from + DATE_LENGTH + 1);
        if (day == NO_DATE || (between != 'T' && between != ' ') || minute < 0) {
            return NO_TIMESTAMP;
        }
        long seconds = day * 86_400L + minute * 60L;
        int at = from + MINUTE_LENGTH;
        if (at < to && bytes[at] == ':') {
            int second = to - from >= SECOND_LENGTH ? two(bytes, at + 1) : -1;
            if (second < 0 || second > 59) {
                return NO_TIMESTAMP;
            }
            seconds += second;
            at += 3;
        }
        return fraction(bytes, at, to, seconds, precision, zoned);
    }

    private static long fraction(byte[] bytes, int from, int to, long seconds, int precision, boolean zoned) {
        int at = from;
        int nanos = 0;
        if (at < to && bytes[at] == '.') {
            int digits = 0;
            while (++at < to && bytes[at] >= '0' && bytes[at] <= '9' && digits < 9) {
                nanos = nanos * 10 + bytes[at] - '0';
                digits++;
            }
            nanos *= POWERS[9 - digits];
            if (digits == 0 || nanos % POWERS[9 - precision] != 0) {
                return NO_TIMESTAMP;
            }
        }
        if (!zoned) {
            return at == to ? units(seconds, nanos, precision) : NO_TIMESTAMP;
        }
        int offset = offset(bytes, at, to);
        return offset == NO_DATE ? NO_TIMESTAMP : units(seconds - offset, nanos, precision);
    }

    /** Seconds east of UTC of {@code Z}, {@code +02}, {@code +0200} or {@code +02:00}. */
    private static int offset(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length == 1 && bytes[from] == 'Z') {
            return 0;
        }
        boolean colon = length == 6 && bytes[from + 3] == ':';
        if (!(length == 3 || length == 5 || colon) || (bytes[from] != '+' && bytes[from] != '-')) {
            return NO_DATE;
        }
        int hours = two(bytes, from + 1);
        int minutes = length == 3 ? 0 : two(bytes, to - 2);
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59 || (hours == 18 && minutes > 0)) {
            return NO_DATE;
        }
        int seconds = (hours * 60 + minutes) * 60;
        return bytes[from] == '-' ? -seconds : seconds;
    }

    private static long units(long seconds, int nanos, int precision) {
        if (precision <= 6) {
            return seconds * 1_000_000L + nanos / 1_000;
        }
        return Math.abs(seconds) > NANO_RANGE_SECONDS ? NO_TIMESTAMP : seconds * 1_000_000_000L + nanos;
    }

    /** Minute of the day of {@code hh:mm}, negative when it is none. */
    private static int clock(byte[] bytes, int at) {
        int hour = two(bytes, at);
        int minute = two(bytes, at + 3);
        boolean valid = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && bytes[at + 2] == ':';
        return valid ? hour * 60 + minute : -1;
    }

    /** The value of two digits, or a large negative number. */
    private static int two(byte[] bytes, int at) {
        int tens = bytes[at] - '0';
        int ones = bytes[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1_000_000 : tens * 10 + ones;
    }
}
