package io.streamforge.loader.api.exchange;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Suggestions;
import io.streamforge.loader.api.http.HttpCalls;
import io.streamforge.loader.api.http.HttpReply;
import io.streamforge.loader.api.http.Masking;
import io.streamforge.loader.api.http.Pauses;
import io.streamforge.loader.api.http.Refusals;
import io.streamforge.loader.api.http.Requests;
import io.streamforge.loader.api.http.Throttle;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/** The calls of the exchange. */
final class ExchangeApi {

    private static final int INVALID_SYMBOL = -1121;
    private static final int TOO_MANY_REQUESTS = -1003;

    /** Amounts that come as numbers keep their digits. */
    private static final ObjectReader EXACT =
            Json.MAPPER.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final URI base;
    private final HttpCalls calls;

    ExchangeApi(Access access, Clock clock, Pauses pauses) {
        base = access.baseUrl();
        Masking masking = new Masking(List.of());
        List<Throttle> throttles = access.maxUsedWeight() == 0
                ? List.of()
                : List.of(new UsedWeight(access.maxUsedWeight(), clock, pauses));
        calls = new HttpCalls(
                "EXCHANGE", access.http(), new Requests(Map.of()), masking, refusals(masking), throttles, pauses);
    }

    /** Symbols among the asked ones that the exchange does not trade under that name, and what it does trade. */
    private record Symbols(List<String> unknown, List<String> known) {}

    /** @throws ConnectorException when the exchange does not trade one of them, or cannot be asked */
    void requireTraded(List<String> asked) throws ConnectorException {
        try {
            Symbols symbols = symbols(asked);
            if (!symbols.unknown().isEmpty()) {
                throw unknown(symbols);
            }
        } catch (InterruptedException e) {
            throw HttpCalls.interrupted(e);
        }
    }

    private static ConnectorException unknown(Symbols symbols) {
        String first = symbols.unknown().get(0);
        String guess = Suggestions.closest(first, symbols.known())
                .map(name -> "did you mean '" + name + "'?")
                .orElse("symbols are written like BTCUSDT");
        return new ConnectorException(
                new ErrorInfo(
                        "EXCHANGE-BAD-SYMBOL",
                        Category.FATAL,
                        "the exchange does not trade " + String.join(", ", symbols.unknown()),
                        "symbols",
                        guess),
                null);
    }

    private Symbols symbols(List<String> asked) throws ConnectorException, InterruptedException {
        String list = asked.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
        try {
            return compare(asked, get("/api/v3/exchangeInfo", Map.of("symbols", list), ExchangeApi::object));
        } catch (ConnectorException e) {
            if (!e.error().code().equals("EXCHANGE-BAD-SYMBOL")) {
                throw e;
            }
            return compare(asked, get("/api/v3/exchangeInfo", Map.of(), ExchangeApi::object));
        }
    }

    /** An object. */
    JsonNode tree(String path, Map<String, String> query) throws ConnectorException, InterruptedException {
        return get(path, query, reply -> EXACT.readTree(reply.body()));
    }

    /** The rows of a page. */
    List<JsonNode> rows(String path, Map<String, String> query) throws ConnectorException, InterruptedException {
        return get(path, query, reply -> {
            JsonNode rows = EXACT.readTree(reply.body());
            if (!rows.isArray()) {
                throw unexpected("a page that is no array");
            }
            return rows.valueStream().toList();
        });
    }

    static ConnectorException unexpected(String what) {
        return new ConnectorException(
                "EXCHANGE-BAD-RESPONSE",
                Category.TRANSIENT,
                "the exchange answered with " + what,
                "check that base_url is an exchange with Binance's interface");
    }

    private static JsonNode object(HttpReply reply) throws ConnectorException {
        JsonNode body = Json.MAPPER.readTree(reply.body());
        if (!body.path("symbols").isArray()) {
            throw unexpected("no list of symbols");
        }
        return body;
    }

    private static Symbols compare(List<String> asked, JsonNode info) {
        List<String> known = new ArrayList<>();
        info.path("symbols")
                .valueStream()
                .forEach(symbol -> known.add(symbol.path("symbol").asString("")));
        return new Symbols(
                asked.stream().filter(symbol -> !known.contains(symbol)).toList(), known);
    }

    private <T> T get(String path, Map<String, String> query, HttpCalls.ReplyParser<T> parser)
            throws ConnectorException, InterruptedException {
        StringJoiner parameters = new StringJoiner("&", "?", "").setEmptyValue("");
        query.forEach((name, value) -> parameters.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        String root = base.toString();
        String trimmed = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
        return calls.get(URI.create(trimmed + path + parameters), parser);
    }

    /** {@code {"code":-1121,"msg":"Invalid symbol."}}. */
    private static Refusals refusals(Masking masking) {
        return (status, body) -> error(body).map(error -> {
            String said =
                    "the exchange refused: " + masking.text(error.path("msg").asString("")) + " ("
                            + error.path("code").asInt() + ")";
            return switch (error.path("code").asInt()) {
                case INVALID_SYMBOL ->
                    new ConnectorException(
                            "EXCHANGE-BAD-SYMBOL", Category.FATAL, said, "check the spelling in symbols");
                case TOO_MANY_REQUESTS ->
                    new ConnectorException(
                            "EXCHANGE-RATE-LIMITED", Category.TRANSIENT, said, "lower requests_per_minute");
                default -> new ConnectorException("EXCHANGE-REFUSED", Category.FATAL, said, null);
            };
        });
    }

    private static Optional<JsonNode> error(byte[] body) {
        try {
            JsonNode error = Json.MAPPER.readTree(body);
            return error.path("code").isInt() ? Optional.of(error) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
