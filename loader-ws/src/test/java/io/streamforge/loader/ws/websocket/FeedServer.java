package io.streamforge.loader.ws.websocket;

import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.websocket.WebsocketInbound;

/** A feed that sends its messages to whoever subscribes and repeats what was not acknowledged. */
final class FeedServer implements AutoCloseable {

    private static final Pattern ACK = Pattern.compile("\\{\"ack\": (\\d+)}");

    final List<String> received = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    final NavigableMap<Integer, String> unacknowledged = new ConcurrentSkipListMap<>();
    private final DisposableServer server;
    volatile int closesAfter = Integer.MAX_VALUE;

    FeedServer() {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.get("/feed", this::open).ws("/closing", (in, out) -> closing(in)))
                .bindNow();
    }

    String url(String path) {
        return "ws://127.0.0.1:" + server.port() + path;
    }

    /** The first connection stays until the client leaves, all others end at once. */
    private Mono<Void> closing(WebsocketInbound in) {
        return connections.incrementAndGet() == 1 ? in.receive().then() : Mono.empty();
    }

    private Publisher<Void> open(HttpServerRequest request, HttpServerResponse response) {
        if (!"Bearer open sesame".equals(request.requestHeaders().get("Authorization"))) {
            return response.status(401).send();
        }
        connections.incrementAndGet();
        return response.sendWebsocket((in, out) -> {
            Flux<WebSocketFrame> answers = in.receiveFrames()
                    .ofType(TextWebSocketFrame.class)
                    .concatMapIterable(frame -> answer(frame.text()))
                    .take(closesAfter)
                    .map(TextWebSocketFrame::new);
            return out.sendObject(answers).then();
        });
    }

    private List<String> answer(String message) {
        received.add(message);
        Matcher ack = ACK.matcher(message);
        if (ack.matches()) {
            unacknowledged.remove(Integer.valueOf(ack.group(1)));
        }
        return message.contains("subscribe") ? List.copyOf(unacknowledged.values()) : List.of();
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(5));
    }
}
