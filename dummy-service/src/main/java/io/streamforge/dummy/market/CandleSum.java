package io.streamforge.dummy.market;

/** Adds up parts of a candle in the order of their time. */
final class CandleSum {

    private boolean empty = true;
    private long open;
    private long high = Long.MIN_VALUE;
    private long low = Long.MAX_VALUE;
    private long close;
    private long volume;
    private long quoteVolume;
    private long taker;
    private long takerQuote;

    void add(long partOpen, long partHigh, long partLow, long partClose, long partVolume, long partTaker) {
        if (empty) {
            open = partOpen;
            empty = false;
        }
        high = Math.max(high, partHigh);
        low = Math.min(low, partLow);
        close = partClose;
        long mean = (partOpen + partHigh + partLow + partClose) / 4;
        volume += partVolume;
        quoteVolume += partVolume * mean;
        taker += partTaker;
        takerQuote += partTaker * mean;
    }

    /** A part of which only the first and the last price are known. */
    void add(long partOpen, long partClose, long partVolume) {
        long partHigh = Math.max(partOpen, partClose);
        long partLow = Math.min(partOpen, partClose);
        add(partOpen, partHigh, partLow, partClose, partVolume, partVolume / 2);
    }

    Candle candle(long openTime, long closeTime, long trades) {
        return new Candle(openTime, closeTime, open, high, low, close, volume, quoteVolume, trades, taker, takerQuote);
    }
}
