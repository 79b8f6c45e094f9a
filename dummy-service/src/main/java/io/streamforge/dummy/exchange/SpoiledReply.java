package io.streamforge.dummy.exchange;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.streamforge.dummy.exchange.Fault.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.FutureMono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A reply and what happens to it on its way.
 *
 * @param fault null when nothing does
 */
record SpoiledReply(Reply reply, @Nullable Fault fault) {

    private static final Duration SLOW = Duration.ofSeconds(5);

    Mono<Void> send(HttpServerResponse response) {
        response.status(reply.status());
        response.header(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
        reply.headers().forEach(response::header);
        response.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(reply.body().length));
        if (fault != null && fault.kind() == Kind.SLOW) {
            Duration delay = fault.delay();
            return Mono.delay(delay == null ? SLOW : delay).then(Mono.defer(() -> whole(response)));
        }
        return fault != null && fault.kind() == Kind.CUT ? half(response) : whole(response);
    }

    private Mono<Void> whole(HttpServerResponse response) {
        return response.sendByteArray(Mono.just(reply.body())).then();
    }

    /** The channel is taken before the reply is sent: afterwards the response may have let go of it already. */
    private Mono<Void> half(HttpServerResponse response) {
        byte[] half = Arrays.copyOf(reply.body(), reply.body().length / 2);
        AtomicReference<Channel> taken = new AtomicReference<>();
        response.withConnection(connection -> taken.set(connection.channel()));
        Channel channel = Objects.requireNonNull(taken.get());
        return response.sendByteArray(Mono.just(half)).then().then(FutureMono.deferFuture(channel::close));
    }
}
