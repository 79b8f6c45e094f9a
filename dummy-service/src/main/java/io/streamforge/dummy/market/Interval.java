package io.streamforge.dummy.market;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;

/** Candle intervals of the exchange; months are of the calendar, weeks begin on Monday, all in UTC. */
public enum Interval {
    S1("1s", 1_000L),
    M1("1m", 60_000L),
    M3("3m", 180_000L),
    M5("5m", 300_000L),
    M15("15m", 900_000L),
    M30("30m", 1_800_000L),
    H1("1h", 3_600_000L),
    H2("2h", 7_200_000L),
    H4("4h", 14_400_000L),
    H6("6h", 21_600_000L),
    H8("8h", 28_800_000L),
    H12("12h", 43_200_000L),
    D1("1d", 86_400_000L),
    D3("3d", 259_200_000L),
    W1("1w", 604_800_000L),
    MONTH("1M", 0L);

    /** 1970-01-05, the first Monday. */
    private static final long FIRST_MONDAY = 345_600_000L;

    private final String code;
    private final long millis;

    Interval(String code, long millis) {
        this.code = code;
        this.millis = millis;
    }

    public static Optional<Interval> ofCode(String code) {
        return Arrays.stream(values())
                .filter(interval -> interval.code.equals(code))
                .findFirst();
    }

    public String code() {
        return code;
    }

    /** Open time of the candle that holds {@code time}; both in epoch milliseconds. */
    public long floor(long time) {
        if (this == MONTH) {
            return startOfMonth(date(time));
        }
        long origin = this == W1 ? FIRST_MONDAY : 0;
        return Math.floorDiv(time - origin, millis) * millis + origin;
    }

    /** Open time of the first candle that does not open before {@code time}. */
    public long ceiling(long time) {
        long open = floor(time);
        return open == time ? open : next(open);
    }

    /** Open time of the candle after the one that opens at {@code open}. */
    public long next(long open) {
        return this == MONTH ? startOfMonth(date(open).plusMonths(1)) : open + millis;
    }

    /** Open time {@code candles} before the one that opens at {@code open}. */
    public long back(long open, long candles) {
        return this == MONTH ? startOfMonth(date(open).minusMonths(candles)) : open - candles * millis;
    }

    private static LocalDate date(long time) {
        return Instant.ofEpochMilli(time).atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static long startOfMonth(LocalDate date) {
        return date.withDayOfMonth(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
}
