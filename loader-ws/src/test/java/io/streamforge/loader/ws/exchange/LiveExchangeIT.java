package io.streamforge.loader.ws.exchange;

import static io.streamforge.loader.ws.exchange.LiveMarket.BITCOIN;
import static io.streamforge.loader.ws.exchange.LiveMarket.LIMIT;
import static io.streamforge.loader.ws.exchange.LiveMarket.SYMBOLS;
import static io.streamforge.loader.ws.exchange.LiveMarket.assertExact;
import static io.streamforge.loader.ws.exchange.LiveMarket.awaitTrades;
import static io.streamforge.loader.ws.exchange.LiveMarket.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.connector.Source;
import io.streamforge.dummy.exchange.ExchangeSettings;
import io.streamforge.dummy.market.FastClock;
import io.streamforge.dummy.market.SingleTrade;
import io.streamforge.dummy.market.Trade;
import io.streamforge.dummy.stream.StreamFault;
import io.streamforge.dummy.stream.StreamFault.Kind;
import io.streamforge.dummy.stream.StreamSettings;
import io.streamforge.loader.ws.Follower;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiveExchangeIT {

    private static final Set<Kind> LOSING =
            Set.of(Kind.STALL, Kind.HALF_OPEN, Kind.CLOSE, Kind.RATE_LIMIT, Kind.OUTAGE);

    private LiveMarket market = new LiveMarket();

    @AfterEach
    void stop() {
        market.close();
    }

    @Test
    void shouldGiveEveryTradeOnceAsHistoryHasIt() throws Exception {
        try (Source source = market.source();
                Follower follower = new Follower(source, Optional.empty())) {
            awaitTrades(follower, 300);

            Map<String, @Nullable Object> row = follower.rows("trades").stream()
                    .filter(each -> "BTCUSDT".equals(each.get("symbol")))
                    .findFirst()
                    .orElseThrow();
            Trade trade = BITCOIN.trade((Long) row.get("trade_id"));
            assertThat(row)
                    .containsEntry("price", BigDecimal.valueOf(trade.price(), 2).setScale(8))
                    .containsEntry(
                            "quantity", BigDecimal.valueOf(trade.quantity(), 5).setScale(8))
                    .containsEntry("time", Instant.ofEpochMilli(trade.time()))
                    .containsEntry("last_trade_id", trade.lastId())
                    .containsEntry("buyer_maker", trade.buyerMaker());
            assertExact(follower.batches());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"DROP", "DUPLICATE", "REORDER", "GARBAGE", "STALL", "HALF_OPEN", "CLOSE", "RATE_LIMIT", "OUTAGE"})
    void shouldGiveEveryTradeOnceWhateverGoesWrong(Kind kind) throws Exception {
        try (Source source = market.source();
                Follower follower = new Follower(source, Optional.empty())) {
            awaitTrades(follower, 50);

            // when
            if (kind == Kind.RATE_LIMIT) {
                market.faults().add(StreamFault.of(kind, 2));
                market.faults().add(StreamFault.of(Kind.CLOSE, 1));
            } else if (kind == Kind.STALL) {
                market.faults().add(StreamFault.lasting(kind, Duration.ofMinutes(1)));
            } else if (kind == Kind.OUTAGE) {
                market.faults().add(StreamFault.lasting(kind, Duration.ofSeconds(1)));
            } else {
                market.faults().add(StreamFault.of(kind, kind == Kind.HALF_OPEN ? 1 : 5));
            }
            boolean lost = LOSING.contains(kind);
            await().atMost(LIMIT)
                    .until(() -> market.faults().waiting().isEmpty()
                            && (!lost || source.measures().get("feed_reconnects") > 0));
            awaitTrades(follower, follower.rows("trades").size() + 1_000);

            // then
            assertExact(follower.batches());
            long rejected = follower.batches().stream()
                    .mapToLong(batch -> batch.rejected().size())
                    .sum();
            assertThat(rejected).isEqualTo(kind == Kind.GARBAGE ? 5 : 0);
        }
    }

    @Test
    void shouldGoOnAfterAnyBatchWithoutLossOrRepetition() throws Exception {
        // given
        List<RecordBatch> durable = new ArrayList<>();
        Optional<Position> position = Optional.empty();

        // when
        for (int kill = 0; kill < 5; kill++) {
            try (Source source = market.source();
                    Follower follower = new Follower(source, position)) {
                awaitTrades(follower, 100);
                List<RecordBatch> read = follower.batches();
                List<RecordBatch> committed = read.subList(0, read.size() * (kill + 1) / 6 + 1);
                durable.addAll(committed);
                position = Optional.of(committed.get(committed.size() - 1).position());
            }
        }

        // then
        assertExact(durable);
    }

    @Test
    void shouldHoldEveryTradeAndCandleOnceThroughTenMinutesOfOutage() throws Exception {
        // given
        restart(settings().withTradesPerSecond(2), new FastClock(Clock.systemUTC(), 200));
        try (Source source = market.source("streams", List.of("trades", "candles_1m"));
                Follower follower = new Follower(source, Optional.empty())) {
            await().atMost(LIMIT).until(() -> follower.rows("candles").size() > 3);
            int before = follower.rows("trades").size();

            // when
            market.faults().add(StreamFault.lasting(Kind.OUTAGE, Duration.ofSeconds(3)));
            await().atMost(LIMIT)
                    .until(() -> follower.rows("trades").size() > before + 3 * 1_200
                            && SYMBOLS.stream()
                                    .allMatch(symbol -> opens(follower, symbol).size() > 10));

            // then
            assertExact(follower.batches());
            for (String symbol : SYMBOLS) {
                List<Instant> opens = opens(follower, symbol);
                assertThat(opens).isSorted().doesNotHaveDuplicates();
                assertThat(Duration.between(opens.get(0), opens.get(opens.size() - 1)))
                        .isEqualTo(Duration.ofMinutes(opens.size() - 1L));
            }
        }
    }

    private static List<Instant> opens(Follower follower, String symbol) {
        return follower.rows("candles").stream()
                .filter(row -> symbol.equals(row.get("symbol")))
                .map(row -> (Instant) row.get("open_time"))
                .toList();
    }

    @Test
    void shouldGiveFinishedCandlesAsHistoryHasThem() throws Exception {
        restart(settings().withTradesPerSecond(2), new FastClock(Clock.systemUTC(), 200));
        try (Source source = market.source("symbols", "BTCUSDT", "streams", List.of("candles_1m"));
                Follower follower = new Follower(source, Optional.empty())) {
            await().atMost(LIMIT).until(() -> follower.rows("candles").size() >= 5);
            List<Map<String, @Nullable Object>> live = follower.rows("candles");

            market.faults().add(StreamFault.lasting(Kind.OUTAGE, Duration.ofMillis(900)));
            await().atMost(LIMIT).until(() -> follower.rows("candles").size() >= live.size() + 8);

            assertThat(source.measures().get("feed_filled")).isPositive();
            assertThat(follower.rows("candles")).allSatisfy(row -> {
                assertThat((BigDecimal) row.get("high")).isGreaterThanOrEqualTo((BigDecimal) row.get("low"));
                assertThat((Long) row.get("trades")).isPositive();
            });
        }
    }

    @Test
    void shouldGiveEverySingleTradeOnceAndAsHistoryHasIt() throws Exception {
        try (Source source = market.source("symbols", "BTCUSDT", "streams", List.of("single_trades"));
                Follower follower = new Follower(source, Optional.empty())) {
            await().atMost(LIMIT).until(() -> follower.rows("single_trades").size() > 100);

            // when
            market.faults().add(StreamFault.of(Kind.DROP, 5));
            market.faults().add(StreamFault.lasting(Kind.OUTAGE, Duration.ofMillis(500)));
            await().atMost(LIMIT)
                    .until(() -> market.faults().waiting().isEmpty()
                            && source.measures().get("feed_filled") > 500);
            int filled = follower.rows("single_trades").size();
            await().atMost(LIMIT).until(() -> follower.rows("single_trades").size() > filled + 500);

            // then
            List<Map<String, @Nullable Object>> rows = follower.rows("single_trades");
            long first = (Long) rows.get(0).get("trade_id");
            List<Map<String, @Nullable Object>> expected =
                    BITCOIN.singles(first, System.currentTimeMillis(), rows.size()).stream()
                            .map(LiveExchangeIT::row)
                            .toList();
            assertThat(rows).isEqualTo(expected);
        }
    }

    private static Map<String, @Nullable Object> row(SingleTrade trade) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("symbol", "BTCUSDT");
        row.put("trade_id", trade.id());
        row.put("price", BigDecimal.valueOf(trade.price(), 2).setScale(8));
        row.put("quantity", BigDecimal.valueOf(trade.quantity(), 5).setScale(8));
        row.put("time", Instant.ofEpochMilli(trade.time()));
        row.put("buyer_maker", trade.buyerMaker());
        return row;
    }

    @Test
    void shouldFollowBestPricesAndTheBook() throws Exception {
        try (Source source = market.source("symbols", "BTCUSDT", "streams", List.of("book_ticker", "depth"));
                Follower follower = new Follower(source, Optional.empty())) {
            await().atMost(LIMIT).until(() -> follower.rows("depth").size() >= 3);
            market.faults().add(StreamFault.of(Kind.DROP, 1).onStream("btcusdt@depth"));
            await().atMost(LIMIT)
                    .until(() -> snapshots(follower) == 2
                            && follower.rows("depth").size() >= 7
                            && follower.rows("book_ticker").size() > 50);

            List<Map<String, @Nullable Object>> depth = follower.rows("depth");
            assertThat(depth.get(0)).containsEntry("snapshot", true);
            long next = (Long) depth.get(0).get("last_update_id") + 1;
            for (Map<String, @Nullable Object> change : depth.subList(1, depth.size())) {
                if (!Boolean.TRUE.equals(change.get("snapshot"))) {
                    assertThat((Long) change.get("first_update_id")).isLessThanOrEqualTo(next);
                }
                next = (Long) change.get("last_update_id") + 1;
            }
            assertThat(follower.rows("book_ticker")).allSatisfy(row -> assertThat((BigDecimal) row.get("bid_price"))
                    .isLessThan((BigDecimal) row.get("ask_price")));
        }
    }

    private static long snapshots(Follower follower) {
        return follower.rows("depth").stream()
                .filter(row -> Boolean.TRUE.equals(row.get("snapshot")))
                .count();
    }

    @Test
    void shouldSpreadSymbolsOverConnectionsAlwaysInTheSameWay() throws Exception {
        try (Source source = market.source("connections", 2)) {
            var splits = source.discover().splits();

            assertThat(splits).hasSize(2).isEqualTo(source.discover().splits());
            assertThat(splits.stream()
                            .flatMap(split -> ((List<?>) split.values().get("symbols")).stream())
                            .map(String::valueOf))
                    .containsExactlyInAnyOrderElementsOf(SYMBOLS);
        }
    }

    @Test
    void shouldSurviveTheEndOfItsSessionAndServerPings() throws Exception {
        restart(
                settings()
                        .withStreams(StreamSettings.DEFAULT
                                .withSessionLimit(Duration.ofSeconds(1))
                                .withPings(Duration.ofMillis(100), Duration.ofMillis(500))),
                Clock.systemUTC());
        try (Source source = market.source();
                Follower follower = new Follower(source, Optional.empty())) {
            await().atMost(LIMIT).until(() -> source.measures().get("feed_reconnects") >= 2);
            awaitTrades(follower, follower.rows("trades").size() + 50);

            assertExact(follower.batches());
        }
    }

    @Test
    void shouldSayWhatTheExchangeRefuses() throws Exception {
        restart(settings().withStreams(StreamSettings.DEFAULT.withLimits(2, 5)), Clock.systemUTC());
        try (Source source = market.source();
                Follower follower = new Follower(source, Optional.empty())) {
            await().atMost(LIMIT).until(() -> follower.failure().isPresent());

            assertThat(follower.failure().orElseThrow()).hasMessageContaining("too many streams");
        }
    }

    private void restart(ExchangeSettings settings, Clock clock) {
        market.close();
        market = new LiveMarket(settings, clock);
    }
}
