package io.streamforge.dummy.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamforge.dummy.SimulatedExchange;
import io.streamforge.dummy.exchange.ExchangeSettings;
import io.streamforge.dummy.market.FastClock;
import io.streamforge.messages.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StreamsIT {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private SimulatedExchange exchange = SimulatedExchange.start(0, settings(StreamSettings.DEFAULT));

    @AfterEach
    void close() {
        exchange.close();
    }

    @Test
    void shouldTellTheTradesOfTheRestCallsOneByOne() throws Exception {
        try (StreamClient client = new StreamClient(exchange.streamUrl() + "/ws/btcusdt@aggTrade")) {
            await().atMost(LIMIT).until(() -> client.messages.size() >= 100);
            List<JsonNode> live = client.messages.subList(0, 100).stream()
                    .map(Json.MAPPER::readTree)
                    .toList();

            JsonNode history = get("/api/v3/aggTrades?symbol=BTCUSDT&limit=100&fromId="
                    + live.get(0).path("a").asLong());
            for (int i = 0; i < 100; i++) {
                for (String name : List.of("a", "p", "q", "f", "l", "T", "m")) {
                    assertThat(live.get(i).path(name)).isEqualTo(history.get(i).path(name));
                }
            }
        }
    }

    @Test
    void shouldTellFinishedCandlesAsTheRestCallsDo() throws Exception {
        restart(StreamSettings.DEFAULT, new FastClock(Clock.systemUTC(), 200));
        try (StreamClient client = new StreamClient(exchange.streamUrl() + "/ws/ethusdt@kline_1m")) {
            await().atMost(LIMIT).until(() -> client.messages.stream().anyMatch(text -> text.contains("\"x\":true")));
            JsonNode candle = client.messages.stream()
                    .filter(text -> text.contains("\"x\":true"))
                    .map(text -> Json.MAPPER.readTree(text).path("k"))
                    .findFirst()
                    .orElseThrow();
            assertThat(client.messages).anyMatch(text -> text.contains("\"x\":false"));

            JsonNode history = get("/api/v3/klines?symbol=ETHUSDT&interval=1m&limit=1&startTime=" + candle.path("t"))
                    .get(0);
            List<String> names = List.of("t", "o", "h", "l", "c", "v", "T", "q", "n", "V", "Q");
            for (int i = 0; i < names.size(); i++) {
                assertThat(candle.path(names.get(i))).isEqualTo(history.get(i));
            }
        }
    }

    @Test
    void shouldTellTheSingleTradesOfTheRestCallsOneByOne() throws Exception {
        try (StreamClient client = new StreamClient(exchange.streamUrl() + "/ws/ethusdt@trade")) {
            await().atMost(LIMIT).until(() -> client.messages.size() >= 30);
            List<JsonNode> told =
                    client.messages.stream().map(Json.MAPPER::readTree).toList();

            JsonNode history = get("/api/v3/historicalTrades?symbol=ETHUSDT&limit=30&fromId="
                    + told.get(0).path("t"));

            assertThat(history).hasSize(30);
            for (int i = 0; i < 30; i++) {
                assertThat(told.get(i).path("t")).isEqualTo(history.get(i).path("id"));
                assertThat(told.get(i).path("p")).isEqualTo(history.get(i).path("price"));
                assertThat(told.get(i).path("q")).isEqualTo(history.get(i).path("qty"));
                assertThat(told.get(i).path("T")).isEqualTo(history.get(i).path("time"));
                assertThat(told.get(i).path("m")).isEqualTo(history.get(i).path("isBuyerMaker"));
            }
        }
    }

    @Test
    void shouldSubscribeUnsubscribeAndListByIds() {
        try (StreamClient client = new StreamClient(exchange.streamUrl() + "/stream")) {
            client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\",\"btcusdt@bookTicker\"],\"id\":7}");
            await().atMost(LIMIT).until(() -> client.messages.contains("{\"result\":null,\"id\":7}"));
            await().atMost(LIMIT).until(() -> client.messages.stream()
                    .anyMatch(text -> text.startsWith("{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"u\":")));

            client.send("{\"method\":\"UNSUBSCRIBE\",\"params\":[\"btcusdt@bookTicker\"],\"id\":8}");
            client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":\"x\"}");
            client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@nothing\"],\"id\":9}");
            client.send("no JSON");

            await().atMost(LIMIT).until(() -> client.messages.stream().anyMatch(text -> text.contains("\"code\":3")));
            assertThat(client.messages)
                    .contains("{\"result\":[\"btcusdt@trade\"],\"id\":\"x\"}")
                    .anyMatch(text -> text.contains("unknown stream btcusdt@nothing"));
        }
    }

    @Test
    void shouldMakeTheBookOfASnapshotAndItsChanges() throws Exception {
        try (StreamClient client = new StreamClient(exchange.streamUrl() + "/ws/btcusdt@depth@100ms")) {
            await().atMost(LIMIT).until(() -> client.messages.size() >= 5);
            long next = Json.MAPPER.readTree(client.messages.get(0)).path("U").asLong();
            for (String text : client.messages) {
                JsonNode change = Json.MAPPER.readTree(text);
                assertThat(change.path("U").asLong()).isEqualTo(next);
                next = change.path("u").asLong() + 1;
            }
            JsonNode book = get("/api/v3/depth?symbol=BTCUSDT");
            assertThat(book.path("bids")).hasSize(20);
            assertThat(book.path("lastUpdateId").asLong())
                    .as("the book has every change that was told before")
                    .isGreaterThanOrEqualTo(next - 1);
        }
    }

    @Test
    void shouldHoldClientsToItsLimits() {
        restart(StreamSettings.DEFAULT.withLimits(1, 2), Clock.systemUTC());
        try (StreamClient client = new StreamClient(exchange.streamUrl() + "/ws/btcusdt@trade")) {
            client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"ethusdt@trade\"],\"id\":1}");
            await().atMost(LIMIT)
                    .until(() -> client.messages.stream().anyMatch(text -> text.contains("too many streams")));
            for (int i = 0; i < 5; i++) {
                client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":2}");
            }
            await().atMost(LIMIT).until(() -> client.closeStatus == 1008);
        }
    }

    @Test
    void shouldPingAndEndSessionsThatAreOld() {
        restart(
                StreamSettings.DEFAULT
                        .withPings(Duration.ofMillis(50), Duration.ofSeconds(5))
                        .withSessionLimit(Duration.ofMillis(500)),
                Clock.systemUTC());
        try (StreamClient client = new StreamClient(exchange.streamUrl() + "/ws/btcusdt@trade")) {
            await().atMost(LIMIT).until(() -> client.closeStatus == 1000);
            assertThat(client.pings).hasValueGreaterThan(2);
        }
        await().atMost(LIMIT).until(() -> exchange.sessions() == 0);
    }

    @Test
    void shouldFailAsItIsTold() throws Exception {
        try (StreamClient client = new StreamClient(exchange.streamUrl() + "/ws/btcusdt@aggTrade")) {
            await().atMost(LIMIT).until(() -> client.messages.size() > 10);
            post("{\"kind\":\"drop\",\"count\":2}");
            post("{\"kind\":\"duplicate\"}");
            post("{\"kind\":\"reorder\",\"skip\":3}");
            post("{\"kind\":\"garbage\"}");
            await().atMost(LIMIT)
                    .until(() -> exchange.streamFaults().waiting().isEmpty()
                            && client.messages.get(client.messages.size() - 1).startsWith("{"));
            int after = client.messages.size();
            await().atMost(LIMIT).until(() -> client.messages.size() > after + 5);

            List<Long> ids = client.messages.stream()
                    .filter(text -> text.startsWith("{"))
                    .map(text -> Json.MAPPER.readTree(text).path("a").asLong())
                    .toList();
            long range = ids.get(ids.size() - 1) - ids.get(0) + 1;
            assertThat(range - ids.stream().distinct().count()).as("dropped").isEqualTo(2);
            assertThat(ids.size() - ids.stream().distinct().count())
                    .as("doubled")
                    .isEqualTo(1);
            assertThat(ids).isNotEqualTo(ids.stream().sorted().toList());
            assertThat(client.messages).anyMatch(text -> text.startsWith("}{"));

            post("{\"kind\":\"outage\",\"duration\":\"PT0.5S\"}");
            await().atMost(LIMIT).until(client::ended);
            assertThat(status("/api/v3/ping")).isEqualTo(503);
            assertThatThrownBy(() -> new StreamClient(exchange.streamUrl() + "/ws"))
                    .hasRootCauseMessage("Unexpected HTTP response status code 503");
            await().atMost(LIMIT).until(() -> status("/api/v3/ping") == 200);
            assertThat(post("{\"kind\":\"explode\"}")).isEqualTo(400);
        }
    }

    private void restart(StreamSettings streams, Clock clock) {
        exchange.close();
        exchange = SimulatedExchange.start(0, settings(streams), clock);
    }

    private static ExchangeSettings settings(StreamSettings streams) {
        return ExchangeSettings.DEFAULT.withTradesPerSecond(100).withStreams(streams);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return Json.MAPPER.readTree(
                http.send(request(path).build(), BodyHandlers.ofString()).body());
    }

    private int status(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.discarding()).statusCode();
    }

    private int post(String fault) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                request("/faults/streams").POST(BodyPublishers.ofString(fault)).build(), BodyHandlers.ofString());
        return response.statusCode();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(exchange.url() + path));
    }
}
