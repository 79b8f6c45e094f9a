package io.streamforge.loader.ws.feed;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;

/** One connection, from its handshake to its end. */
final class Link implements AutoCloseable {

    /** Frames asked for at a time; so many may come when the inbox is full already. */
    private static final int WINDOW = 256;

    private final Connection connection;
    private final Channel channel;
    private final Inbox inbox;
    private final Frames frames = new Frames();
    private volatile long heardAt = System.nanoTime();
    private volatile long messageAt = heardAt;
    private volatile boolean held;
    private volatile boolean closed;
    private volatile @Nullable String ended;

    private Link(Connection connection, Inbox inbox) {
        this.connection = connection;
        this.inbox = inbox;
        channel = connection.channel();
    }

    /**
     * Connects and begins to read.
     *
     * @throws ExecutionException with the reason as its cause
     */
    static Link open(URI uri, Map<String, String> headers, FeedOptions options, Greeting greeting, Inbox inbox)
            throws ExecutionException, TimeoutException, InterruptedException {
        int timeout = (int) options.connectTimeout().toMillis();
        CompletableFuture<? extends Connection> opening = HttpClient.newConnection()
                .resolver(DefaultAddressResolverGroup.INSTANCE)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeout)
                .headers(all -> headers.forEach(all::set))
                .websocket(WebsocketClientSpec.builder()
                        .maxFramePayloadLength(options.maxMessageBytes())
                        .build())
                .uri(uri)
                .connect()
                .toFuture();
        try {
            Link link = new Link(opening.get(timeout, TimeUnit.MILLISECONDS), inbox);
            link.begin(options, greeting);
            return link;
        } finally {
            // Nothing when it is open; otherwise nobody waits for it any more.
            opening.cancel(true);
        }
    }

    private void begin(FeedOptions options, Greeting greeting) throws ExecutionException {
        if (!channel.isActive()) {
            throw new ExecutionException(new IOException("the server ended it at once"));
        }
        try {
            start(options, greeting);
        } catch (RuntimeException e) {
            // It ended in this moment: what its handlers and its event loop throw then depends on how far they are
            // gone.
            shut();
            throw new ExecutionException(e);
        }
    }

    private void start(FeedOptions options, Greeting greeting) {
        connection.addHandlerLast(new WebSocketFrameAggregator(options.maxMessageBytes()));
        long half = Math.max(1, options.heartbeat().toMillis() / 2);
        var pings =
                channel.eventLoop().scheduleAtFixedRate(() -> ping(greeting.ping()), half, half, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> {
            pings.cancel(false);
            frames.ended("the connection was closed");
        });
        connection.inbound().receiveObject().ofType(WebSocketFrame.class).subscribe(frames);
        send(greeting.messages(), greeting.pause());
    }

    private void ping(@Nullable String words) {
        say(new PingWebSocketFrame());
        if (words != null) {
            say(new TextWebSocketFrame(words));
        }
    }

    private void say(WebSocketFrame frame) {
        var unused = channel.writeAndFlush(frame);
    }

    /** Sends messages one after another, with a pause between two. */
    void send(List<String> messages, Duration pause) {
        for (int i = 0; i < messages.size(); i++) {
            String message = messages.get(i);
            var unused = channel.eventLoop()
                    .schedule(() -> say(new TextWebSocketFrame(message)), i * pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Why there is nothing more to come; empty while there is. */
    Optional<String> ended() {
        return Optional.ofNullable(ended);
    }

    /** How long nothing has come, zero while nothing is read. */
    Duration silence() {
        return held ? Duration.ZERO : since(heardAt);
    }

    /** How long no message has come, zero while nothing is read. */
    Duration stall() {
        return held ? Duration.ZERO : since(messageAt);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /** There may be room in the inbox again. */
    void readOn() {
        if (held && !inbox.full()) {
            channel.eventLoop().execute(frames::readOn);
        }
    }

    @Override
    public void close() {
        closed = true;
        channel.writeAndFlush(new CloseWebSocketFrame()).addListener(ChannelFutureListener.CLOSE);
        // A peer that does not read would keep the farewell from being sent.
        var last = channel.eventLoop().schedule(this::shut, 1, TimeUnit.SECONDS);
        channel.closeFuture().addListener(done -> last.cancel(false));
    }

    private void shut() {
        var unused = channel.close();
    }

    /** Runs on the connection's event loop. */
    private final class Frames extends BaseSubscriber<WebSocketFrame> {

        private int outstanding;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            outstanding = WINDOW;
            request(WINDOW);
        }

        @Override
        protected void hookOnNext(WebSocketFrame frame) {
            long now = System.nanoTime();
            heardAt = now;
            outstanding--;
            if (!(frame instanceof PongWebSocketFrame) && !closed) {
                messageAt = now;
                byte[] message = new byte[frame.content().readableBytes()];
                frame.content().getBytes(frame.content().readerIndex(), message);
                inbox.put(message);
            }
            if (outstanding < WINDOW / 2) {
                if (inbox.full()) {
                    held = true;
                } else {
                    askForMore();
                }
            }
        }

        void readOn() {
            if (held) {
                heardAt = System.nanoTime();
                messageAt = heardAt;
                held = false;
                askForMore();
            }
        }

        private void askForMore() {
            int more = WINDOW - outstanding;
            outstanding = WINDOW;
            request(more);
        }

        @Override
        protected void hookOnComplete() {
            ended("the server ended the connection");
        }

        @Override
        protected void hookOnError(Throwable thrown) {
            ended(String.valueOf(thrown.getMessage()));
        }

        void ended(String reason) {
            if (ended == null) {
                ended = reason;
                inbox.wake();
            }
        }
    }
}
