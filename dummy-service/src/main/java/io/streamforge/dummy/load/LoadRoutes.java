package io.streamforge.dummy.load;

import io.streamforge.dummy.http.Answers;
import io.streamforge.dummy.kafka.KafkaAccess;
import io.streamforge.messages.Json;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import tools.jackson.core.JacksonException;

/** {@code POST /load} begins a {@link LoadOrder}, {@code GET} tells its {@link LoadReport}, {@code DELETE} stops it; one at a time. */
public final class LoadRoutes implements Function<HttpServerRoutes, HttpServerRoutes> {

    private final Optional<KafkaAccess> kafka;
    private @Nullable OpenLoop current;

    /** @param kafka empty when the service was told of no broker; then there are no rows */
    public LoadRoutes(Optional<KafkaAccess> kafka) {
        this.kafka = kafka;
    }

    @Override
    public HttpServerRoutes apply(HttpServerRoutes routes) {
        return routes.post("/load", (request, response) -> request.receive()
                        .aggregate()
                        .asString()
                        .defaultIfEmpty("{}")
                        .publishOn(Schedulers.boundedElastic())
                        .flatMap(body -> begin(body, response)))
                .get("/load", (request, response) -> report(response))
                .delete("/load", (request, response) -> stop(response));
    }

    private Mono<Void> begin(String body, HttpServerResponse response) {
        try {
            LoadOrder order = Json.MAPPER.readValue(body, LoadOrder.class);
            order.check();
            return start(order)
                    ? report(response)
                    : Answers.error(response, 409, "LOAD-BUSY", "an order is being carried out; DELETE /load stops it");
        } catch (JacksonException | IllegalArgumentException e) {
            return Answers.error(response, 400, "LOAD-INVALID", String.valueOf(e.getMessage()));
        }
    }

    private synchronized boolean start(LoadOrder order) {
        if (current != null && current.report().state() == LoadReport.State.RUNNING) {
            return false;
        }
        current = new OpenLoop(order, load(order));
        return true;
    }

    private Load load(LoadOrder order) {
        LoadOrder.Workflows workflows = order.workflows();
        LoadOrder.Rows rows = order.rows();
        if (workflows != null) {
            return new WorkflowLoad(workflows);
        }
        if (rows != null) {
            return new RowLoad(
                    kafka.orElseThrow(() -> new IllegalArgumentException("no broker is known; set STREAMFORGE_BROKER")),
                    rows);
        }
        throw new IllegalArgumentException("no load is ordered");
    }

    private synchronized Mono<Void> report(HttpServerResponse response) {
        OpenLoop loop = current;
        return loop == null
                ? Answers.error(response, 404, "LOAD-NONE", "nothing was ordered")
                : Answers.json(response, 200, loop.report());
    }

    private synchronized Mono<Void> stop(HttpServerResponse response) {
        if (current != null) {
            current.close();
        }
        return report(response);
    }
}
