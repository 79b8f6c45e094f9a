package io.streamforge.dummy.kafka;

import io.streamforge.dummy.http.Answers;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/** {@code GET /probe/kafka}: a {@link ProbeReport}, or 503 with what went wrong. */
public final class ProbeRoutes implements Function<HttpServerRoutes, HttpServerRoutes> {

    private final Optional<KafkaProbe> probe;

    /** @param probe empty when the service was told of no broker */
    public ProbeRoutes(Optional<KafkaProbe> probe) {
        this.probe = probe;
    }

    @Override
    public HttpServerRoutes apply(HttpServerRoutes routes) {
        return routes.get("/probe/kafka", (request, response) -> probe.map(kafka -> answer(kafka, response))
                .orElseGet(() -> Answers.error(
                        response, 503, "KAFKA-NOT-CONFIGURED", "no broker is known; set STREAMFORGE_BROKER")));
    }

    private static Mono<Void> answer(KafkaProbe probe, HttpServerResponse response) {
        return Mono.fromCallable(probe::probe)
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(report -> Answers.json(response, 200, report))
                .onErrorResume(
                        ProbeRoutes::expected, e -> Answers.error(response, 503, "KAFKA-UNAVAILABLE", reason(e)));
    }

    private static boolean expected(Throwable e) {
        return e instanceof ExecutionException || e instanceof TimeoutException || e instanceof KafkaException;
    }

    private static String reason(Throwable e) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
