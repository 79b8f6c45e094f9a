package io.streamforge.loader.ws.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Source;
import io.streamforge.dummy.SimulatedExchange;
import io.streamforge.dummy.exchange.ExchangeSettings;
import io.streamforge.dummy.market.FastClock;
import io.streamforge.dummy.market.Listings;
import io.streamforge.dummy.market.Market;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiveExchangeIT {

    private static final int RATE = 500;
    private static final Duration HOLD = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Set<Kind> LOSING =
            Set.of(Kind.STALL, Kind.HALF_OPEN, Kind.CLOSE, Kind.RATE_LIMIT, Kind.OUTAGE);
    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT", "ETHBTC");

    private SimulatedExchange exchange;

    @BeforeEach
    void start() {
        start(settings(), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void shouldGiveEveryTradeOnceAsHistoryHasIt() throws Exception {
        try (Source source = source(options());
                Follower follower = new Follower(source, Optional.empty())) {
            awaitTrades(follower, 300);

            Map<String, @Nullable Object> row = follower.rows("trades").stream()
                    .filter(each -> "BTCUSDT".equals(each.get("symbol")))
                    .findFirst()
                    .orElseThrow();
            Trade trade = new Market(Listings.all().get(0), RATE).trade((Long) row.get("trade_id"));
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
        try (Source source = source(options());
                Follower follower = new Follower(source, Optional.empty())) {
            awaitTrades(follower, 50);

            // when
            if (kind == Kind.RATE_LIMIT) {
                exchange.streamFaults().add(StreamFault.of(kind, 2));
                exchange.streamFaults().add(StreamFault.of(Kind.CLOSE, 1));
            } else if (kind == Kind.STALL) {
                exchange.streamFaults().add(StreamFault.lasting(kind, Duration.ofMinutes(1)));
            } else if (kind == Kind.OUTAGE) {
                exchange.streamFaults().add(StreamFault.lasting(kind, Duration.ofSeconds(1)));
            } else {
                exchange.streamFaults().add(StreamFault.of(kind, kind == Kind.HALF_OPEN ? 1 : 5));
            }
            boolean lost = LOSING.contains(kind);
            await().atMost(LIMIT)
                    .until(() -> exchange.streamFaults().waiting().isEmpty()
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
            try (Source source = source(options());
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
        exchange.close();
        start(settings().withTradesPerSecond(2), new FastClock(Clock.systemUTC(), 200));
        try (Source source = source(options("streams", List.of("trades", "candles_1m")));
                Follower follower = new Follower(source, Optional.empty())) {
            await().atMost(LIMIT).until(() -> follower.rows("candles").size() > 3);
            int before = follower.rows("trades").size();

            // when
            exchange.streamFaults().add(StreamFault.lasting(Kind.OUTAGE, Duration.ofSeconds(3)));
            await().atMost(LIMIT).until(() -> follower.rows("trades").size() > before + 3 * 1_200);

            // then
            assertExact(follower.batches());
            for (String symbol : SYMBOLS) {
                List<Instant> opens = follower.rows("candles").stream()
                        .filter(row -> symbol.equals(row.get("symbol")))
                        .map(row -> (Instant) row.get("open_time"))
                        .toList();
                assertThat(opens).hasSizeGreaterThan(10).isSorted().doesNotHaveDuplicates();
                assertThat(Duration.between(opens.get(0), opens.get(opens.size() - 1)))
                        .isEqualTo(Duration.ofMinutes(opens.size() - 1L));
            }
        }
    }

    @Test
    void shouldGiveFinishedCandlesAsHistoryHasThem() throws Exception {
        exchange.close();
        start(settings().withTradesPerSecond(2), new FastClock(Clock.systemUTC(), 200));
        try (Source source = source(options("symbols", "BTCUSDT", "streams", List.of("candles_1m")));
                Follower follower = new Follower(source, Optional.empty())) {
            await().atMost(LIMIT).until(() -> follower.rows("candles").size() >= 5);
            List<Map<String, @Nullable Object>> live = follower.rows("candles");

            exchange.streamFaults().add(StreamFault.lasting(Kind.OUTAGE, Duration.ofMillis(900)));
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
        try (Source source = source(options("symbols", "BTCUSDT", "streams", List.of("single_trades")));
                Follower follower = new Follower(source, Optional.empty())) {
            await().atMost(LIMIT).until(() -> follower.rows("single_trades").size() > 100);

            // when
            exchange.streamFaults().add(StreamFault.of(Kind.DROP, 5));
            exchange.streamFaults().add(StreamFault.lasting(Kind.OUTAGE, Duration.ofMillis(500)));
            await().atMost(LIMIT)
                    .until(() -> exchange.streamFaults().waiting().isEmpty()
                            && source.measures().get("feed_filled") > 500);
            int filled = follower.rows("single_trades").size();
            await().atMost(LIMIT).until(() -> follower.rows("single_trades").size() > filled + 500);

            // then
            List<Map<String, @Nullable Object>> rows = follower.rows("single_trades");
            long first = (Long) rows.get(0).get("trade_id");
            List<Map<String, @Nullable Object>> expected = new Market(
                            Listings.all().get(0), RATE)
                    .singles(first, System.currentTimeMillis(), rows.size()).stream()
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
        try (Source source = source(options("symbols", "BTCUSDT", "streams", List.of("book_ticker", "depth")));
                Follower follower = new Follower(source, Optional.empty())) {
            await().atMost(LIMIT).until(() -> follower.rows("depth").size() >= 3);
            exchange.streamFaults().add(StreamFault.of(Kind.DROP, 1).onStream("btcusdt@depth"));
            await().atMost(LIMIT).until(() -> follower.rows("depth").size() >= 7);

            List<Map<String, @Nullable Object>> depth = follower.rows("depth");
            assertThat(depth.get(0)).containsEntry("snapshot", true);
            assertThat(depth.stream().filter(row -> Boolean.TRUE.equals(row.get("snapshot"))))
                    .hasSize(2);
            long next = (Long) depth.get(0).get("last_update_id") + 1;
            for (Map<String, @Nullable Object> change : depth.subList(1, depth.size())) {
                if (!Boolean.TRUE.equals(change.get("snapshot"))) {
                    assertThat((Long) change.get("first_update_id")).isLessThanOrEqualTo(next);
                }
                next = (Long) change.get("last_update_id") + 1;
            }
            assertThat(follower.rows("book_ticker")).hasSizeGreaterThan(50).allSatisfy(row -> assertThat(
                            (BigDecimal) row.get("bid_price"))
                    .isLessThan((BigDecimal) row.get("ask_price")));
        }
    }

    @Test
    void shouldLeaveOutAndCountWhatDoesNotFitWhenItIsToldToDrop() throws Exception {
        try (Source source = source(options("on_lag", "drop", "buffer_size", "20KiB"));
                Follower follower = new Follower(source, Optional.empty())) {
            awaitTrades(follower, 50);

            follower.hold();
            await().pollDelay(HOLD).until(() -> true);
            follower.goOn();
            int read = follower.rows("trades").size();
            awaitTrades(follower, read + 600);

            List<RecordBatch> batches = follower.batches();
            long dropped =
                    batches.get(batches.size() - 1).position().number("dropped").orElseThrow();
            assertThat(dropped).isPositive();
            assertThat(missing(batches)).isEqualTo(dropped);
            assertThat(source.measures().get("feed_dropped")).isEqualTo(dropped);
        }
    }

    @Test
    void shouldKeepTheNewestOfEachStreamWhenItIsToldTo() throws Exception {
        try (Source source = source(options("on_lag", "latest", "buffer_size", "20KiB"));
                Follower follower = new Follower(source, Optional.empty())) {
            awaitTrades(follower, 50);

            follower.hold();
            await().pollDelay(HOLD).until(() -> true);
            follower.goOn();
            awaitTrades(follower, follower.rows("trades").size() + 600);

            List<RecordBatch> batches = follower.batches();
            assertThat(missing(batches))
                    .isPositive()
                    .isEqualTo(batches.get(batches.size() - 1)
                            .position()
                            .number("dropped")
                            .orElseThrow());
        }
    }

    @Test
    void shouldWaitWithoutLossWhenItBuffers() throws Exception {
        try (Source source = source(options("buffer_size", "20KiB"));
                Follower follower = new Follower(source, Optional.empty())) {
            awaitTrades(follower, 50);

            follower.hold();
            await().pollDelay(HOLD).until(() -> true);
            int read = follower.rows("trades").size();
            follower.goOn();
            awaitTrades(follower, read + 1_500);

            assertExact(follower.batches());
        }
    }

    @Test
    void shouldFailWhenItsBufferIsFullAndThatIsAnError() throws Exception {
        try (Source source = source(options("on_lag", "error", "buffer_size", "20KiB"));
                Follower follower = new Follower(source, Optional.empty())) {
            awaitTrades(follower, 50);

            follower.hold();
            await().pollDelay(HOLD).until(() -> true);
            follower.goOn();

            await().atMost(LIMIT).until(() -> follower.failure().isPresent());
            assertThat(follower.failure().orElseThrow())
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.error().code()).isEqualTo("FEED-BEHIND"));
        }
    }

    @Test
    void shouldSpreadSymbolsOverConnectionsAlwaysInTheSameWay() throws Exception {
        try (Source source = source(options("connections", 2))) {
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
        exchange.close();
        start(
                settings()
                        .withStreams(StreamSettings.DEFAULT
                                .withSessionLimit(Duration.ofSeconds(1))
                                .withPings(Duration.ofMillis(100), Duration.ofMillis(500))),
                Clock.systemUTC());
        try (Source source = source(options());
                Follower follower = new Follower(source, Optional.empty())) {
            await().atMost(LIMIT).until(() -> source.measures().get("feed_reconnects") >= 2);
            awaitTrades(follower, follower.rows("trades").size() + 50);

            assertExact(follower.batches());
        }
    }

    @Test
    void shouldSayWhatTheExchangeRefuses() throws Exception {
        exchange.close();
        start(settings().withStreams(StreamSettings.DEFAULT.withLimits(2, 5)), Clock.systemUTC());
        try (Source source = source(options());
                Follower follower = new Follower(source, Optional.empty())) {
            await().atMost(LIMIT).until(() -> follower.failure().isPresent());

            assertThat(follower.failure().orElseThrow()).hasMessageContaining("too many streams");
        }
    }

    private void start(ExchangeSettings settings, Clock clock) {
        exchange = SimulatedExchange.start(0, settings, clock);
    }

    private static ExchangeSettings settings() {
        return ExchangeSettings.DEFAULT.withTradesPerSecond(RATE).withWeightLimit(1_000_000, Duration.ofMinutes(1));
    }

    private Map<String, Object> options(Object... more) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("symbols", SYMBOLS);
        options.put("base_url", exchange.url());
        options.put("stream_url", exchange.streamUrl());
        options.put("heartbeat", "1500ms");
        options.put("data_timeout", "2s");
        options.put("retry_delay", "20ms");
        options.put("retry_max_delay", "200ms");
        options.put("circuit_failures", 1000);
        options.put("requests_per_minute", 0);
        for (int i = 0; i < more.length; i += 2) {
            options.put((String) more[i], more[i + 1]);
        }
        return options;
    }

    private static Source source(Map<String, Object> options) throws ConnectorException {
        return Follower.source(new LiveExchangeConnector(), options);
    }

    private static void awaitTrades(Follower follower, int number) {
        await().atMost(LIMIT)
                .failFast(() -> follower.failure().isPresent())
                .until(() -> follower.rows("trades").size() >= number);
    }

    /** Of each symbol the ids from the first to the last, each once and in order. */
    private static void assertExact(List<RecordBatch> batches) {
        ids(batches).forEach((symbol, ids) -> {
            long first = ids.get(0);
            for (int i = 0; i < ids.size(); i++) {
                assertThat(ids.get(i)).as("%s, row %d", symbol, i).isEqualTo(first + i);
            }
        });
        assertThat(ids(batches)).containsOnlyKeys(SYMBOLS);
    }

    private static long missing(List<RecordBatch> batches) {
        return ids(batches).values().stream()
                .mapToLong(ids -> {
                    assertThat(ids).isSorted().doesNotHaveDuplicates();
                    return ids.get(ids.size() - 1) - ids.get(0) + 1 - ids.size();
                })
                .sum();
    }

    private static Map<String, List<Long>> ids(List<RecordBatch> batches) {
        Map<String, List<Long>> ids = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> row : Follower.rows("trades", batches)) {
            ids.computeIfAbsent((String) row.get("symbol"), symbol -> new ArrayList<>())
                    .add((Long) row.get("trade_id"));
        }
        return ids;
    }
}
