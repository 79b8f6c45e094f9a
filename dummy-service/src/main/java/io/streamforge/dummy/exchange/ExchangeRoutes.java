package io.streamforge.dummy.exchange;

import io.streamforge.dummy.exchange.WeightLimit.Charge;
import io.streamforge.dummy.market.Markets;
import io.streamforge.dummy.stream.StreamFault;
import io.streamforge.dummy.stream.StreamRoutes;
import io.streamforge.messages.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import tools.jackson.core.JacksonException;

/**
 * Everything the simulated exchange answers, as routes of a reactor-netty server: the calls of the exchange and of the paged orders,
 * its streams, {@code /faults} and {@code /faults/streams} to make them fail and {@code /requests} to see what was asked.
 */
public final class ExchangeRoutes implements Function<HttpServerRoutes, HttpServerRoutes> {

    private static final Reply GARBAGE =
            new Reply(200, Map.of(), "<html><body>It works!</body></html>".getBytes(StandardCharsets.UTF_8));

    private static final Reply OUTAGE = Reply.error(503, -1001, "The exchange is away.");

    private final Faults faults = new Faults();
    private final StreamRoutes streams;
    private final Records records = new Records();
    private final MarketCalls market;
    private final OrderCalls orders;
    private final WeightLimit weights;
    private final Clock clock;

    public ExchangeRoutes(ExchangeSettings settings, Clock clock) {
        this.clock = clock;
        Markets markets = new Markets(settings.tradesPerSecond());
        streams = new StreamRoutes(markets, settings.streams(), clock);
        market = new MarketCalls(settings, markets, clock);
        orders = new OrderCalls(settings);
        weights = new WeightLimit(settings.weightLimit(), settings.weightWindow(), clock);
    }

    public Faults faults() {
        return faults;
    }

    public StreamRoutes streams() {
        return streams;
    }

    public Records records() {
        return records;
    }

    @Override
    public HttpServerRoutes apply(HttpServerRoutes routes) {
        market(routes, "/api/v3/ping", 1, market::ping);
        market(routes, "/api/v3/time", 1, market::time);
        market(routes, "/api/v3/klines", 2, market::klines);
        market(routes, "/api/v3/aggTrades", 4, market::aggTrades);
        market(routes, "/api/v3/historicalTrades", 25, market::historicalTrades);
        market(routes, "/api/v3/depth", 5, market::depth);
        market(routes, "/api/v3/exchangeInfo", 20, market::exchangeInfo);
        orders(routes, "/api/orders", orders::paged);
        orders(routes, "/api/orders/linked", orders::linked);
        routes.get("/faults", (request, response) -> send(response, Reply.json(faults.waiting())));
        routes.post("/faults", (request, response) -> send(request, response, this::addFault));
        routes.delete("/faults", (request, response) -> {
            faults.clear();
            return response.status(204).send();
        });
        routes.get(
                "/faults/streams",
                (request, response) ->
                        send(response, Reply.json(streams.faults().waiting())));
        routes.post("/faults/streams", (request, response) -> send(request, response, this::addStreamFault));
        routes.delete("/faults/streams", (request, response) -> {
            streams.faults().clear();
            return response.status(204).send();
        });
        streams.apply(routes);
        return routes.get("/requests", (request, response) -> send(response, Reply.json(records.all())));
    }

    private void market(HttpServerRoutes routes, String path, int weight, Function<Call, Reply> answer) {
        routes.get(path, (request, response) -> answer(request, response, call -> weighed(weight, call, answer)));
    }

    private void orders(HttpServerRoutes routes, String path, Function<Call, Reply> answer) {
        routes.get(path, (request, response) -> answer(request, response, answer));
    }

    private Reply weighed(int weight, Call call, Function<Call, Reply> answer) {
        Charge charge = weights.charge(weight);
        Reply reply = charge.retryAfter() > 0 ? tooMany(charge.retryAfter()) : answer.apply(call);
        return reply.with("X-MBX-USED-WEIGHT-1M", Long.toString(charge.used()));
    }

    /** The market is computed off the event loop, because a year of candles takes a while. */
    private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response, Function<Call, Reply> answer) {
        Call call = Call.of(request.uri(), request.requestHeaders(), "");
        return Mono.fromCallable(() -> reply(call, answer))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(spoiled -> spoiled.send(response));
    }

    private SpoiledReply reply(Call call, Function<Call, Reply> answer) {
        Optional<Fault> fault = faults.take(call.path());
        Reply reply = streams.faults().outage() ? OUTAGE : replaced(fault).orElseGet(() -> attempt(call, answer));
        records.add(new Recorded(clock.instant(), call.uri(), reply.status()));
        return new SpoiledReply(reply, fault.orElse(null));
    }

    private static Optional<Reply> replaced(Optional<Fault> fault) {
        return fault.flatMap(found -> switch (found.kind()) {
            case ERROR_5XX -> {
                Integer status = found.status();
                yield Optional.of(Reply.error(status == null ? 503 : status, -1000, "An unknown error occurred."));
            }
            case RATE_LIMIT -> {
                Integer seconds = found.retryAfter();
                yield Optional.of(tooMany(seconds == null ? 1 : seconds));
            }
            case GARBAGE -> Optional.of(GARBAGE);
            case SLOW, CUT -> Optional.empty();
        });
    }

    private static Reply attempt(Call call, Function<Call, Reply> answer) {
        try {
            return answer.apply(call);
        } catch (BadCallException e) {
            return e.reply();
        }
    }

    private static Reply tooMany(long retryAfter) {
        return Reply.error(429, -1003, "Too much request weight used; please wait.")
                .with("Retry-After", Long.toString(retryAfter));
    }

    private Reply addFault(Call call) {
        try {
            Fault fault = Json.MAPPER.readValue(call.body(), Fault.class);
            if (fault.kind() == null) {
                return Reply.error(400, -1102, "kind is one of error-5xx, rate-limit, slow, cut, garbage");
            }
            faults.add(fault);
            return Reply.json(faults.waiting());
        } catch (JacksonException e) {
            return Reply.error(400, -1102, String.valueOf(e.getOriginalMessage()));
        }
    }

    private Reply addStreamFault(Call call) {
        try {
            StreamFault fault = Json.MAPPER.readValue(call.body(), StreamFault.class);
            if (fault.kind() == null) {
                return Reply.error(
                        400,
                        -1102,
                        "kind is one of drop, duplicate, reorder, garbage, stall, half-open, close, rate-limit, outage");
            }
            streams.faults().add(fault);
            return Reply.json(streams.faults().waiting());
        } catch (JacksonException e) {
            return Reply.error(400, -1102, String.valueOf(e.getOriginalMessage()));
        }
    }

    private static Mono<Void> send(
            HttpServerRequest request, HttpServerResponse response, Function<Call, Reply> answer) {
        return request.receive()
                .aggregate()
                .asString()
                .defaultIfEmpty("")
                .flatMap(body -> send(response, answer.apply(Call.of(request.uri(), request.requestHeaders(), body))));
    }

    private static Mono<Void> send(HttpServerResponse response, Reply reply) {
        return new SpoiledReply(reply, null).send(response);
    }
}
