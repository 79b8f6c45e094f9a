package io.streamforge.dummy.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MarketTest {

    private static final long DAY = time("2024-08-01T00:00:00Z");
    private static final long NOW = time("2024-09-01T12:34:56.789Z");

    private final Market market = new Market(Listings.all().get(0));

    @Test
    void shouldBeTheSameInEveryInstanceAndNeverChange() {
        Market other = new Market(Listings.all().get(0));

        List<Candle> candles = market.candles(Interval.M1, DAY, DAY + 3_600_000, NOW, 1000);

        assertThat(candles).isEqualTo(other.candles(Interval.M1, DAY, DAY + 3_600_000, NOW, 1000));
        assertThat(candles.get(0))
                .isEqualTo(new Candle(
                        DAY,
                        DAY + 59_999,
                        5_665_067,
                        5_671_599,
                        5_663_159,
                        5_666_502,
                        782_389,
                        4_433_470_642_009L,
                        240,
                        413_560,
                        2_343_471_238_360L));
    }

    @Test
    void shouldDifferBetweenSymbols() {
        Market other = new Market(Listings.all().get(1));

        assertThat(other.trade(1).time()).isNotEqualTo(market.trade(1).time());
        assertThat(other.candles(Interval.M1, DAY, DAY, NOW, 1))
                .isNotEqualTo(market.candles(Interval.M1, DAY, DAY, NOW, 1));
    }

    @ParameterizedTest
    @EnumSource
    void shouldAggregateSmallerCandlesExactly(Interval interval) {
        long open = interval.floor(DAY);
        Interval smaller = interval.compareTo(Interval.H1) > 0 ? Interval.H1 : Interval.M1;
        if (interval.compareTo(Interval.M1) <= 0) {
            open = Interval.M1.floor(DAY);
            smaller = Interval.S1;
        }
        Interval larger = interval == Interval.S1 ? Interval.M1 : interval;
        List<Candle> whole = market.candles(larger, open, open, NOW, 1);
        List<Candle> parts = market.candles(smaller, open, whole.get(0).closeTime(), NOW, 100_000);

        assertThat(whole).hasSize(1);
        assertThat(parts).hasSizeGreaterThanOrEqualTo(2);
        assertThat(ohlcv(whole)).isEqualTo(ohlcv(parts));
        if (smaller != Interval.S1) {
            assertThat(sum(whole, Candle::quoteVolume)).isEqualTo(sum(parts, Candle::quoteVolume));
            assertThat(sum(whole, Candle::taker)).isEqualTo(sum(parts, Candle::taker));
        }
    }

    @Test
    void shouldMakeTradesThatAddUpToTheirMinute() {
        Candle minute = market.candles(Interval.M1, DAY, DAY, NOW, 1).get(0);

        List<Trade> trades = market.trades(market.firstTradeAt(DAY), minute.closeTime(), NOW, 1000);

        assertThat(trades).hasSize(Market.TRADES_PER_MINUTE);
        assertThat(trades.get(0).price()).isEqualTo(minute.open());
        assertThat(trades.get(119).price()).isEqualTo(minute.close());
        assertThat(trades.stream().mapToLong(Trade::price).max()).hasValue(minute.high());
        assertThat(trades.stream().mapToLong(Trade::price).min()).hasValue(minute.low());
        assertThat(trades.stream().mapToLong(Trade::quantity).sum()).isEqualTo(minute.volume());
        assertThat(trades).allMatch(trade -> trade.quantity() > 0);
        assertThat(trades.get(119).lastId() - trades.get(0).firstId() + 1).isEqualTo(minute.trades());
    }

    @Test
    void shouldNumberTradesInTheOrderOfTheirTimeWithoutGaps() {
        List<Trade> trades = market.trades(1_000_000, NOW, NOW, 5_000);

        for (int i = 1; i < trades.size(); i++) {
            assertThat(trades.get(i).id()).isEqualTo(trades.get(i - 1).id() + 1);
            assertThat(trades.get(i).time())
                    .isGreaterThanOrEqualTo(trades.get(i - 1).time());
            assertThat(trades.get(i).firstId()).isEqualTo(trades.get(i - 1).lastId() + 1);
            assertThat(trades.get(i)).isEqualTo(market.trade(trades.get(i).id()));
        }
    }

    @Test
    void shouldFindTheFirstTradeAtAnyTime() {
        for (long time = DAY; time < DAY + 20_000; time += 37) {
            long id = market.firstTradeAt(time);
            assertThat(market.trade(id).time()).isGreaterThanOrEqualTo(time);
            assertThat(market.trade(id - 1).time()).isLessThan(time);
        }
    }

    @Test
    void shouldKnowNeitherTheFutureNorTheTimeBeforeItsListing() {
        List<Candle> last = market.candles(Interval.M5, NOW - 600_000, NOW + 600_000, NOW, 1000);
        List<Candle> first = market.candles(Interval.D1, 0, Market.LISTED + 86_400_000, NOW, 1000);

        assertThat(last).hasSize(2);
        assertThat(last.get(1).openTime()).isEqualTo(time("2024-09-01T12:30:00Z"));
        assertThat(last.get(1).volume()).isLessThan(last.get(0).volume());
        assertThat(first).extracting(Candle::openTime).first().isEqualTo(time("2017-08-17T00:00:00Z"));
        assertThat(market.trades(Long.MAX_VALUE / 2, NOW, NOW, 10)).isEmpty();
        assertThat(market.trades(market.firstTradeAt(NOW), Long.MAX_VALUE, NOW, 10))
                .isEmpty();
    }

    @Test
    void shouldAlignWeeksToMondayAndMonthsToTheCalendar() {
        assertThat(Interval.W1.floor(DAY)).isEqualTo(time("2024-07-29T00:00:00Z"));
        assertThat(Interval.MONTH.floor(NOW)).isEqualTo(time("2024-09-01T00:00:00Z"));
        assertThat(Interval.MONTH.next(DAY)).isEqualTo(time("2024-09-01T00:00:00Z"));
        assertThat(Interval.MONTH.back(DAY, 2)).isEqualTo(time("2024-06-01T00:00:00Z"));
        assertThat(Interval.M5.ceiling(DAY + 1)).isEqualTo(DAY + 300_000);
    }

    private static List<Long> ohlcv(List<Candle> parts) {
        return List.of(
                parts.get(0).open(),
                parts.stream().mapToLong(Candle::high).max().orElseThrow(),
                parts.stream().mapToLong(Candle::low).min().orElseThrow(),
                parts.get(parts.size() - 1).close(),
                sum(parts, Candle::volume),
                sum(parts, Candle::trades));
    }

    private static long sum(List<Candle> parts, java.util.function.ToLongFunction<Candle> field) {
        return parts.stream().mapToLong(field).sum();
    }

    private static long time(String text) {
        return Instant.parse(text).toEpochMilli();
    }
}
