package io.streamforge.loader.ws.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Source;
import io.streamforge.dummy.SimulatedExchange;
import io.streamforge.dummy.exchange.ExchangeSettings;
import io.streamforge.dummy.market.Listings;
import io.streamforge.dummy.market.Market;
import io.streamforge.dummy.stream.StreamFaults;
import io.streamforge.loader.ws.Follower;
import io.streamforge.record.RecordBatch;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A simulated exchange, sources that follow some of its symbols, and what is to be true of the trades they give. */
final class LiveMarket implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(20);
    static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT", "ETHBTC");
    /** The market of the first of {@link #SYMBOLS}, unless settings say otherwise. */
    static final Market BITCOIN = new Market(Listings.all().get(0), 500);

    private final SimulatedExchange exchange;

    LiveMarket() {
        this(settings(), Clock.systemUTC());
    }

    LiveMarket(ExchangeSettings settings, Clock clock) {
        exchange = SimulatedExchange.start(0, settings, clock);
    }

    /** 500 trades of each symbol in a second, and no limit of requests. */
    static ExchangeSettings settings() {
        return ExchangeSettings.DEFAULT.withTradesPerSecond(500).withWeightLimit(1_000_000, Duration.ofMinutes(1));
    }

    StreamFaults faults() {
        return exchange.streamFaults();
    }

    /** A source of its {@link #SYMBOLS} that notices faults early. */
    Source source(Object... more) throws ConnectorException {
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
        return Follower.source(new LiveExchangeConnector(), options);
    }

    /** Returns when there have been so many more trades of each symbol, whoever follows them. */
    static void awaitTraded(int number) {
        long last = BITCOIN.firstTradeAt(System.currentTimeMillis()) + number;
        await().atMost(LIMIT).until(() -> BITCOIN.firstTradeAt(System.currentTimeMillis()) >= last);
    }

    static void awaitTrades(Follower follower, int number) {
        await().atMost(LIMIT)
                .failFast(() -> follower.failure().isPresent())
                .until(() -> follower.rows("trades").size() >= number);
    }

    /** Of each symbol the ids from the first to the last, each once and in order. */
    static void assertExact(List<RecordBatch> batches) {
        assertThat(ids(batches)).containsOnlyKeys(SYMBOLS);
        assertThat(missing(batches)).isZero();
    }

    /** How many ids are left out, of those from a symbol's first to its last; none stands twice or out of order. */
    static long missing(List<RecordBatch> batches) {
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

    @Override
    public void close() {
        exchange.close();
    }
}
