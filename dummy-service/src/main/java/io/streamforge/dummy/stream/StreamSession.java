package io.streamforge.dummy.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One client's connection; all of it runs on the connection's event loop. A client that reads too slowly gets its events later: they
 * are computed when there is room for them.
 */
final class StreamSession {

    private static final String GARBAGE = "}{ this is not JSON";
    private static final long SECOND = 1_000;

    private final Channel channel;
    private final Subscriptions subscriptions;
    private final StreamSettings settings;
    private final StreamFaults faults;
    private final InstantSource clock;
    private final boolean combined;
    private final Map<String, String> held = new HashMap<>();
    private boolean deaf;
    private long stalledUntil = System.nanoTime();
    private long lastPong = System.nanoTime();
    private long second;
    private int messages;

    /** @param combined whether each event says of which stream it is */
    StreamSession(
            Channel channel,
            Subscriptions subscriptions,
            StreamSettings settings,
            StreamFaults faults,
            InstantSource clock,
            boolean combined) {
        this.channel = channel;
        this.subscriptions = subscriptions;
        this.settings = settings;
        this.faults = faults;
        this.clock = clock;
        this.combined = combined;
    }

    /** @param first streams that the address names */
    void start(List<String> first) {
        for (String name : first) {
            Optional<String> problem = subscriptions.subscribe(name, clock.millis());
            if (problem.isPresent()) {
                close(WebSocketCloseStatus.POLICY_VIOLATION, problem.get());
                return;
            }
        }
        repeat(settings.tick(), this::tick);
        repeat(settings.pingInterval(), this::ping);
        var limit = channel.eventLoop()
                .schedule(
                        () -> close(WebSocketCloseStatus.NORMAL_CLOSURE, "session limit"),
                        settings.sessionLimit().toMillis(),
                        TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> limit.cancel(false));
    }

    private void repeat(Duration every, Runnable work) {
        var repeated = channel.eventLoop().scheduleAtFixedRate(work, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> repeated.cancel(false));
    }

    void receive(WebSocketFrame frame) {
        if (deaf) {
            return;
        }
        if (frame instanceof PongWebSocketFrame) {
            lastPong = System.nanoTime();
        } else if (tooMany()) {
            close(WebSocketCloseStatus.POLICY_VIOLATION, "Too many requests");
        } else if (frame instanceof PingWebSocketFrame) {
            say(new PongWebSocketFrame(frame.content().retain()));
        } else if (frame instanceof TextWebSocketFrame text) {
            say(new TextWebSocketFrame(subscriptions.answer(text.text(), clock.millis())));
        }
    }

    private boolean tooMany() {
        long now = System.nanoTime() / 1_000_000 / SECOND;
        messages = now == second ? messages + 1 : 1;
        second = now;
        return messages > settings.messagesPerSecond();
    }

    private void ping() {
        if (deaf) {
            return;
        }
        if (System.nanoTime() - lastPong
                > settings.pongTimeout().plus(settings.pingInterval()).toNanos()) {
            close(WebSocketCloseStatus.POLICY_VIOLATION, "Pong timeout");
        } else {
            say(new PingWebSocketFrame());
        }
    }

    private void tick() {
        if (deaf || !writable()) {
            return;
        }
        long now = clock.millis();
        boolean stalled = System.nanoTime() - stalledUntil < 0;
        for (Map.Entry<String, EventStream> stream : subscriptions.streams().entrySet()) {
            if (stalled) {
                stream.getValue().skip(now);
            } else if (writable()) {
                stream.getValue().due(now, event -> give(stream.getKey(), event));
            }
        }
        channel.flush();
    }

    /** What has been written fills the buffer until it is flushed, however fast the client reads. */
    private boolean writable() {
        if (!channel.isWritable()) {
            channel.flush();
        }
        return channel.isWritable();
    }

    private void give(String stream, String event) {
        if (deaf) {
            return;
        }
        StreamFault fault = faults.ofEvent(stream).orElse(null);
        if (fault == null) {
            send(stream, event);
            return;
        }
        switch (fault.kind()) {
            case DUPLICATE -> {
                send(stream, event);
                send(stream, event);
            }
            case REORDER -> {
                String earlier = held.put(stream, event);
                if (earlier != null) {
                    write(stream, earlier);
                }
            }
            case GARBAGE -> {
                var unused = channel.write(new TextWebSocketFrame(GARBAGE));
                send(stream, event);
            }
            case STALL -> stalledUntil = System.nanoTime() + fault.time().toNanos();
            case HALF_OPEN -> deaf = true;
            case DROP, CLOSE, RATE_LIMIT, OUTAGE -> {
                // The event is not sent; connections are cut elsewhere.
            }
        }
    }

    private void send(String stream, String event) {
        write(stream, event);
        String earlier = held.remove(stream);
        if (earlier != null) {
            write(stream, earlier);
        }
    }

    private void write(String stream, String event) {
        ByteBuf text = channel.alloc().buffer(event.length() + stream.length() + 32);
        if (combined) {
            ByteBufUtil.writeAscii(text, "{\"stream\":\"");
            ByteBufUtil.writeAscii(text, stream);
            ByteBufUtil.writeAscii(text, "\",\"data\":");
        }
        ByteBufUtil.writeAscii(text, event);
        if (combined) {
            text.writeByte('}');
        }
        var unused = channel.write(new TextWebSocketFrame(text));
    }

    private void close(WebSocketCloseStatus status, String reason) {
        channel.writeAndFlush(new CloseWebSocketFrame(status, reason)).addListener(ChannelFutureListener.CLOSE);
    }

    private void say(WebSocketFrame frame) {
        var unused = channel.writeAndFlush(frame);
    }

    /** Without a farewell. */
    void cut() {
        var unused = channel.close();
    }
}
