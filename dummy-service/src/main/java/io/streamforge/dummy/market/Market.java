package io.streamforge.dummy.market;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** History of one symbol, from its listing to whatever moment is called now. All times are epoch milliseconds. */
public final class Market {

    /** First moment of trading. */
    public static final long LISTED = Instant.parse("2017-08-17T04:00:00Z").toEpochMilli();

    public static final int TRADES_PER_MINUTE = 120;

    public static final int TRADES_PER_SECOND = 2;

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60_000;

    private final Listing listing;
    private final long seed;
    private final int tradesPerSecond;
    private final int tradesPerMinute;
    private final long tradeSlot;

    public Market(Listing listing) {
        this(listing, TRADES_PER_SECOND);
    }

    /**
     * A market with more or fewer trades, and with as much more volume.
     *
     * @param tradesPerSecond a divisor of 1000
     */
    public Market(Listing listing, int tradesPerSecond) {
        if (tradesPerSecond < 1 || SECOND % tradesPerSecond != 0) {
            throw new IllegalArgumentException("trades per second must divide 1000, got " + tradesPerSecond);
        }
        this.listing = listing.busier(Math.max(1, tradesPerSecond / TRADES_PER_SECOND));
        this.tradesPerSecond = tradesPerSecond;
        tradesPerMinute = tradesPerSecond * 60;
        tradeSlot = SECOND / tradesPerSecond;
        seed = Hash.of(listing.symbol());
    }

    public Listing listing() {
        return listing;
    }

    /**
     * Candles that open at or after {@code start} and not after {@code end}, oldest first. The last one may be unfinished: it
     * holds the seconds or minutes that are complete before {@code now}.
     */
    public List<Candle> candles(Interval interval, long start, long end, long now, int limit) {
        List<Candle> candles = new ArrayList<>();
        long complete = complete(interval, now);
        long open = interval.ceiling(Math.max(start, interval.floor(LISTED)));
        while (open <= end && Math.max(open, LISTED) < complete && candles.size() < limit) {
            candles.add(candle(interval, open, complete));
            open = interval.next(open);
        }
        return candles;
    }

    /** Open time of the last candle with anything in it. */
    public long lastOpen(Interval interval, long now) {
        return interval.floor(complete(interval, now) - 1);
    }

    /**
     * The candle that {@code now} lies in, as far as it has been traded; empty before its first trade. To high and low the running
     * minute adds its first and its latest price only.
     */
    public Optional<Candle> current(Interval interval, long now) {
        long open = Math.max(interval.floor(now), LISTED);
        long from = Math.max(open, complete(interval, now));
        CandleSum sum = open < from ? minutes(open, from) : new CandleSum();
        long first = firstTradeOfSlot(from);
        long next = firstTradeAt(now);
        if (next > first) {
            sum.add(trade(first).price(), trade(next - 1).price(), sold(first, next));
        }
        long singles = firstSingle(next) - firstSingle(firstTradeOfSlot(open));
        return open == from && next <= first
                ? Optional.empty()
                : Optional.of(sum.candle(open, interval.next(interval.floor(now)) - 1, singles));
    }

    /** Lots of the trades of a minute from one id to before another. */
    private long sold(long first, long next) {
        long number = Math.floorDiv(LISTED, MINUTE) + first / tradesPerMinute;
        MinuteTrades minute = new MinuteTrades(Minute.of(listing, seed, number), number);
        int index = (int) (first % tradesPerMinute);
        return minute.sold((int) (index + next - first)) - minute.sold(index);
    }

    /** The trade of an id from 0 on. */
    public Trade trade(long id) {
        long minute = Math.floorDiv(LISTED, MINUTE) + id / tradesPerMinute;
        return new MinuteTrades(Minute.of(listing, seed, minute), minute).trade(id);
    }

    /** Trades from {@code firstId} on whose time is at most {@code end} and before {@code now}. */
    public List<Trade> trades(long firstId, long end, long now, int limit) {
        List<Trade> trades = new ArrayList<>();
        if (firstId >= firstTradeAt(now)) {
            return trades;
        }
        MinuteTrades minute = null;
        for (long id = Math.max(0, firstId); trades.size() < limit; id++) {
            if (minute == null || id % tradesPerMinute == 0) {
                long number = Math.floorDiv(LISTED, MINUTE) + id / tradesPerMinute;
                minute = new MinuteTrades(Minute.of(listing, seed, number), number);
            }
            long time = tradeTime(id);
            if (time > end || time >= now) {
                break;
            }
            trades.add(minute.trade(id));
        }
        return trades;
    }

    /** Single trades from an id on that happened before {@code now}. */
    public List<SingleTrade> singles(long firstId, long now, int limit) {
        long id = Math.max(0, firstId);
        long aggregate = firstSingle(id / 2) > id ? id / 2 - 1 : id / 2;
        return trades(aggregate, now, now, limit).stream()
                .flatMap(trade -> trade.singles().stream())
                .filter(single -> single.id() >= id)
                .limit(limit)
                .toList();
    }

    /** Id of the first single trade at or after a time. */
    public long firstSingleAt(long time) {
        return firstSingle(firstTradeAt(time));
    }

    /** Id of the first trade at or after a time. */
    public long firstTradeAt(long time) {
        if (time <= LISTED) {
            return 0;
        }
        long id = (time - LISTED) / tradeSlot;
        return tradeTime(id) >= time ? id : id + 1;
    }

    private Candle candle(Interval interval, long open, long complete) {
        long end = Math.min(interval.next(open), complete);
        long begin = Math.max(open, LISTED);
        CandleSum sum = interval == Interval.S1 ? second(begin) : minutes(begin, end);
        long trades = firstSingle(firstTradeOfSlot(end)) - firstSingle(firstTradeOfSlot(begin));
        return sum.candle(open, interval.next(open) - 1, trades);
    }

    private CandleSum minutes(long begin, long end) {
        CandleSum sum = new CandleSum();
        long price = Minute.price(listing, seed, begin / MINUTE);
        for (long minute = begin / MINUTE; minute < end / MINUTE; minute++) {
            Minute part = Minute.of(listing, seed, minute, price);
            sum.add(part.open(), part.high(), part.low(), part.close(), part.volume(), part.taker());
            price = part.close();
        }
        return sum;
    }

    private CandleSum second(long begin) {
        CandleSum sum = new CandleSum();
        long first = firstTradeOfSlot(begin);
        for (long id = first; id < first + tradesPerSecond; id++) {
            Trade trade = trade(id);
            long taker = trade.buyerMaker() ? 0 : trade.quantity();
            sum.add(trade.price(), trade.price(), trade.price(), trade.price(), trade.quantity(), taker);
        }
        return sum;
    }

    private static long complete(Interval interval, long now) {
        long unit = interval == Interval.S1 ? 1_000 : MINUTE;
        return now / unit * unit;
    }

    private long firstTradeOfSlot(long time) {
        return (time - LISTED) / tradeSlot;
    }

    private long tradeTime(long id) {
        return LISTED + id * tradeSlot + Hash.below(tradeSlot, seed ^ 5, id);
    }

    /** Single trades before an aggregate: one to three each. */
    private long firstSingle(long id) {
        return id == 0 ? 0 : 2 * id + (Hash.of(seed ^ 6, id) & 1);
    }

    private final class MinuteTrades {

        private final Minute minute;
        private final int high;
        private final int low;
        private final long number;

        MinuteTrades(Minute minute, long number) {
            this.minute = minute;
            this.number = number;
            int inner = tradesPerMinute - 2;
            high = 1 + (int) Hash.below(inner, seed ^ 7, number);
            int other = 1 + (int) Hash.below(inner - 1, seed ^ 8, number);
            low = other == high ? inner : other;
        }

        Trade trade(long id) {
            int index = (int) (id % tradesPerMinute);
            long quantity = sold(index + 1) - sold(index);
            boolean buyerMaker = (Hash.of(seed ^ 9, id) & 1) == 0;
            return new Trade(
                    id,
                    price(index, id),
                    quantity,
                    firstSingle(id),
                    firstSingle(id + 1) - 1,
                    tradeTime(id),
                    buyerMaker);
        }

        private long price(int index, long id) {
            if (index == 0) {
                return minute.open();
            }
            if (index == tradesPerMinute - 1) {
                return minute.close();
            }
            if (index == high) {
                return minute.high();
            }
            if (index == low) {
                return minute.low();
            }
            return minute.low() + Hash.below(minute.high() - minute.low() + 1, seed ^ 10, id);
        }

        /** Lots sold in the minute before its trade {@code index}; grows by at least one with each trade. */
        private long sold(int index) {
            if (index == 0 || index == tradesPerMinute) {
                return index == 0 ? 0 : minute.volume();
            }
            long jitter = Hash.below(minute.volume() / tradesPerMinute, seed ^ 11, number * tradesPerMinute + index);
            return minute.volume() * index / tradesPerMinute + jitter;
        }
    }
}
