package io.streamforge.dummy.stream;

import io.streamforge.dummy.market.Candle;
import io.streamforge.dummy.market.Decimals;
import io.streamforge.dummy.market.Interval;
import io.streamforge.dummy.market.Listing;
import io.streamforge.dummy.market.Market;
import java.util.function.Consumer;

/** {@code @kline_<interval>}: the running candle every other second, and each once more when it is finished. */
final class CandleEvents implements EventStream {

    private static final long UPDATE = 2_000;
    private static final long FAST_UPDATE = 1_000;

    private final Market market;
    private final Interval interval;
    private final long every;
    private long open;
    private long nextUpdate;

    CandleEvents(Market market, Interval interval, long now) {
        this.market = market;
        this.interval = interval;
        every = interval == Interval.S1 ? FAST_UPDATE : UPDATE;
        skip(now);
    }

    @Override
    public void due(long now, Consumer<String> events) {
        if (now > interval.next(open)) {
            for (Candle candle : market.candles(interval, open, open, now, 1)) {
                events.accept(json(candle, true, now));
            }
            open = interval.next(open);
        } else if (now >= nextUpdate) {
            nextUpdate = now - now % every + every;
            market.current(interval, now).ifPresent(candle -> events.accept(json(candle, false, now)));
        }
    }

    @Override
    public void skip(long now) {
        open = interval.floor(now);
        nextUpdate = now;
    }

    private String json(Candle candle, boolean finished, long now) {
        Listing listing = market.listing();
        int price = listing.priceDigits();
        int lot = listing.lotDigits();
        StringBuilder json = new StringBuilder("{\"e\":\"kline\",\"E\":").append(now);
        json.append(",\"s\":\"").append(listing.symbol()).append("\",\"k\":{\"t\":");
        json.append(interval.floor(candle.openTime())).append(",\"T\":").append(candle.closeTime());
        json.append(",\"s\":\"").append(listing.symbol()).append("\",\"i\":\"").append(interval.code());
        Decimals.append(json.append("\",\"o\":"), candle.open(), price);
        Decimals.append(json.append(",\"c\":"), candle.close(), price);
        Decimals.append(json.append(",\"h\":"), candle.high(), price);
        Decimals.append(json.append(",\"l\":"), candle.low(), price);
        Decimals.append(json.append(",\"v\":"), candle.volume(), lot);
        json.append(",\"n\":").append(candle.trades()).append(",\"x\":").append(finished);
        Decimals.append(json.append(",\"q\":"), candle.quoteVolume(), price + lot);
        Decimals.append(json.append(",\"V\":"), candle.taker(), lot);
        Decimals.append(json.append(",\"Q\":"), candle.takerQuote(), price + lot);
        return json.append(",\"B\":\"0\"}}").toString();
    }
}
