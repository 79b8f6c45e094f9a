package io.streamforge.dummy.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.dummy.SimulatedExchange;
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
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ExchangeIT {

    private static final long DAY = Instant.parse("2024-08-01T00:00:00Z").toEpochMilli();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-09-01T00:00:00Z"), ZoneOffset.UTC);

    private final HttpClient client = HttpClient.newHttpClient();
    private SimulatedExchange exchange = SimulatedExchange.start(
            0,
            ExchangeSettings.DEFAULT.withWeightLimit(100, Duration.ofMinutes(1)).withOrders(250),
            CLOCK);

    @AfterEach
    void close() {
        exchange.close();
    }

    @Test
    void shouldAnswerCandlesInBinancesForm() throws Exception {
        HttpResponse<String> response = get("/api/v3/klines?symbol=BTCUSDT&interval=5m&startTime=" + DAY + "&limit=2");

        JsonNode candle = Json.MAPPER.readTree(response.body()).get(1);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-MBX-USED-WEIGHT-1M")).contains("2");
        assertThat(candle).hasSize(12);
        assertThat(candle.get(0).asLong()).isEqualTo(DAY + 300_000);
        assertThat(candle.get(1).asString()).matches("\\d+\\.\\d{8}");
        assertThat(candle.get(6).asLong()).isEqualTo(DAY + 599_999);
        assertThat(candle.get(8).isIntegralNumber()).isTrue();
        assertThat(candle.get(11).asString()).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({
        "symbol=BTCUSDT&interval=1m&startTime=1722470400000, 500, 1722470400000",
        "symbol=BTCUSDT&interval=1m&startTime=1722470400001&limit=5000, 1000, 1722470460000",
        "symbol=BTCUSDT&interval=1h&startTime=1722470400000&endTime=1722474000000, 2, 1722470400000",
        "symbol=BTCUSDT&interval=1M&startTime=1704067200000, 8, 1704067200000",
        "symbol=BTCUSDT&interval=1d&limit=3, 3, 1724889600000",
        "symbol=BTCUSDT&interval=1s&startTime=1722470400000&limit=3, 3, 1722470400000"
    })
    void shouldPageCandles(String query, int expectedRows, long firstOpen) throws Exception {
        JsonNode candles = Json.MAPPER.readTree(get("/api/v3/klines?" + query).body());

        assertThat(candles).hasSize(expectedRows);
        assertThat(candles.get(0).get(0).asLong()).isEqualTo(firstOpen);
    }

    @Test
    void shouldPageTradesByTimeAndById() throws Exception {
        String hour = "&startTime=" + DAY + "&endTime=" + (DAY + 3_600_000);
        JsonNode byTime = Json.MAPPER.readTree(
                get("/api/v3/aggTrades?symbol=ETHUSDT&limit=10" + hour).body());
        JsonNode byId = Json.MAPPER.readTree(get("/api/v3/aggTrades?symbol=ETHUSDT&limit=9&fromId="
                        + byTime.get(1).get("a"))
                .body());

        assertThat(byTime).hasSize(10);
        assertThat(byTime.get(0).get("T").asLong()).isBetween(DAY, DAY + 500);
        assertThat(byTime.get(0).propertyNames()).containsExactly("a", "p", "q", "f", "l", "T", "m", "M");
        assertThat(byId.get(8)).isEqualTo(byTime.get(9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "klines?symbol=NOPE&interval=1m|-1121",
                "klines?symbol=BTCUSDT&interval=7m|-1120",
                "klines?interval=1m|-1102",
                "klines?symbol=BTCUSDT&interval=1m&limit=x|-1100",
                "klines?symbol=BTCUSDT&interval=1m&limit=0|-1130",
                "aggTrades?symbol=BTCUSDT&fromId=1&startTime=1|-1128",
                "aggTrades?symbol=BTCUSDT&startTime=0&endTime=3600001|-1127",
                "exchangeInfo?symbol=NOPE|-1121"
            })
    void shouldRefuseAsBinanceDoes(String call, int code) throws Exception {
        HttpResponse<String> response = get("/api/v3/" + call);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.MAPPER.readTree(response.body()).get("code").asInt()).isEqualTo(code);
        assertThat(Json.MAPPER.readTree(response.body()).get("msg").asString()).isNotEmpty();
    }

    @Test
    void shouldRefuseWithRetryAfterAboveTheWeightLimit() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(get("/api/v3/exchangeInfo").statusCode()).isEqualTo(200);
        }

        HttpResponse<String> response = get("/api/v3/ping");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("60");
        assertThat(response.headers().firstValue("X-MBX-USED-WEIGHT-1M")).contains("101");
        assertThat(exchange.requests()).extracting(Recorded::status).containsExactly(200, 200, 200, 200, 200, 429);
    }

    @Test
    void shouldFailOnRequestAndOnlyAsOftenAsAsked() throws Exception {
        post("{\"kind\":\"error-5xx\",\"count\":2,\"skip\":1,\"path\":\"/api/v3/ping\"}");
        post("{\"kind\":\"garbage\",\"path\":\"/api/v3/time\"}");

        assertThat(List.of(status("ping"), status("ping"), status("ping"), status("ping")))
                .containsExactly(200, 503, 503, 200);
        assertThat(get("/api/v3/time").body()).startsWith("<html>");
        assertThat(get("/api/v3/time").body()).startsWith("{");
        assertThat(get("/faults").body()).isEqualTo("[]");
    }

    @Test
    void shouldCutTheConnectionInTheMiddleOfAReply() {
        exchange.faults().add(Fault.of(Fault.Kind.CUT, 1));

        assertThatThrownBy(() -> get("/api/v3/exchangeInfo")).isInstanceOf(IOException.class);
    }

    @Test
    void shouldForgetFaults() throws Exception {
        post("{\"kind\":\"slow\",\"count\":100,\"delay\":\"PT10M\"}");

        client.send(request("/faults").DELETE().build(), BodyHandlers.discarding());

        assertThat(status("ping")).isEqualTo(200);
        assertThat(post("{\"kind\":\"meteor\"}").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldPageOrdersInEveryWay() throws Exception {
        JsonNode page = Json.MAPPER.readTree(get("/api/orders?page=3&size=100").body());
        JsonNode offset =
                Json.MAPPER.readTree(get("/api/orders?offset=200&limit=100").body());
        JsonNode first = Json.MAPPER.readTree(get("/api/orders?limit=200").body());
        JsonNode cursor = Json.MAPPER.readTree(
                get("/api/orders?limit=200&cursor=" + first.at("/next_cursor").asString())
                        .body());
        HttpResponse<String> linked = get("/api/orders/linked?limit=200");

        assertThat(page.get("items")).hasSize(50);
        assertThat(offset.get("items")).isEqualTo(page.get("items"));
        assertThat(cursor.get("items")).isEqualTo(page.get("items"));
        assertThat(cursor.at("/next_cursor").isNull()).isTrue();
        assertThat(linked.headers().firstValue("Link").orElseThrow())
                .contains("</api/orders/linked?limit=200&offset=200>; rel=\"next\"");
    }

    @Test
    void shouldDemandTheTokenWhenOneIsSet() throws Exception {
        exchange.close();
        exchange = SimulatedExchange.start(0, ExchangeSettings.DEFAULT.withOrdersToken("t0ken"));

        HttpRequest authorized =
                request("/api/orders").header("Authorization", "Bearer t0ken").build();

        assertThat(get("/api/orders").statusCode()).isEqualTo(401);
        assertThat(client.send(authorized, BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    private int status(String call) throws Exception {
        return get("/api/v3/" + call).statusCode();
    }

    private HttpResponse<String> post(String fault) throws Exception {
        return client.send(
                request("/faults").POST(BodyPublishers.ofString(fault)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(exchange.url() + path)).timeout(Duration.ofSeconds(30));
    }
}
