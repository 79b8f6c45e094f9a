package io.streamforge.dummy.market;

/**
 * Trading of one interval.
 *
 * @param openTime epoch milliseconds
 * @param closeTime last millisecond of the interval
 * @param open to {@code close}: in ticks
 * @param volume in lots
 * @param quoteVolume volume times mean price of each smallest part, in ticks times lots
 * @param trades number of single trades
 * @param taker bought by takers, in lots
 * @param takerQuote in ticks times lots
 */
public record Candle(
        long openTime,
        long closeTime,
        long open,
        long high,
        long low,
        long close,
        long volume,
        long quoteVolume,
        long trades,
        long taker,
        long takerQuote) {}
