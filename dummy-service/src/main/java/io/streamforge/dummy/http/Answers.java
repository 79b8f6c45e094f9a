package io.streamforge.dummy.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.streamforge.messages.Json;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** Answers in JSON. */
public final class Answers {

    private Answers() {}

    public static Mono<Void> json(HttpServerResponse response, int status, Object body) {
        return response.status(status)
                .header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .sendByteArray(Mono.just(Json.MAPPER.writeValueAsBytes(body)))
                .then();
    }

    /** {@code {"code": …, "message": …}}. */
    public static Mono<Void> error(HttpServerResponse response, int status, String code, String message) {
        return json(response, status, Map.of("code", code, "message", message));
    }
}
