package io.streamforge.loader.ws.feed;

import io.github.resilience4j.core.IntervalFunction;
import io.streamforge.connector.ConnectorException;
import io.streamforge.loader.api.http.HttpCalls;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of a server, whatever becomes of the connections they come over; read by one thread, which also keeps the connection: a feed
 * that nobody reads does not connect again. {@link #send} and {@link #close} may be called by any thread.
 */
public final class Feed implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Feed.class);
    private static final double DOUBLE = 2;
    private static final double HALF = 0.5;
    private static final Duration SHORTEST_LOOK = Duration.ofMillis(1);

    private final URI uri;
    private final Map<String, String> headers;
    private final FeedOptions options;
    private final Greeting greeting;
    private final FeedCounters counters;
    private final FeedFailures failures;
    private final IntervalFunction backOff;
    private final Inbox inbox;

    private volatile @Nullable Link link;
    private volatile boolean closed;
    private final AtomicLong generation = new AtomicLong();
    private int attempts;
    private long nextAttemptAt = System.nanoTime();
    private long lostAt = nextAttemptAt;
    private String lastReason = "";
    private long reportedDrops;

    /**
     * @param key of a message, for {@link OnLag#LATEST}
     */
    public Feed(
            URI uri,
            Map<String, String> headers,
            FeedOptions options,
            Greeting greeting,
            Function<byte[], String> key,
            FeedCounters counters) {
        this.uri = uri;
        this.headers = Map.copyOf(headers);
        this.options = options;
        this.greeting = greeting;
        this.counters = counters;
        failures = new FeedFailures(uri);
        inbox = new Inbox(options.onLag(), options.bufferBytes(), key);
        backOff = IntervalFunction.ofExponentialRandomBackoff(
                options.retryDelay(),
                DOUBLE,
                HALF,
                options.retryMaxDelay().compareTo(options.retryDelay()) > 0
                        ? options.retryMaxDelay()
                        : options.retryDelay());
    }

    /**
     * Connects and takes leave again.
     *
     * @throws ConnectorException when that cannot be done
     */
    public static void check(URI uri, Map<String, String> headers, FeedOptions options) throws ConnectorException {
        Inbox unread = new Inbox(OnLag.DROP, 0, message -> "");
        try {
            Link.open(uri, headers, options, new Greeting(List.of(), Duration.ZERO, null), unread)
                    .close();
        } catch (ExecutionException e) {
            throw new FeedFailures(uri).connecting(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new FeedFailures(uri).connecting(e);
        } catch (InterruptedException e) {
            throw HttpCalls.interrupted(e);
        }
    }

    /** Whether a message stands for those that were dropped in its place. */
    public static boolean stoodForDropped(byte[] message) {
        return message == Inbox.DROPPED;
    }

    /**
     * The next message; null when none has come within that time, connected or not.
     *
     * @throws ConnectorException when the server refuses for good, has been away for too long, or messages came too fast
     */
    public byte @Nullable [] next(Duration wait) throws ConnectorException, InterruptedException {
        if (inbox.overflown()) {
            throw failures.behind();
        }
        Link current = watched();
        if (current == null) {
            byte[] waiting = inbox.poll(Duration.ZERO);
            return waiting != null ? waiting : reconnected(wait);
        }
        byte[] message = inbox.poll(wait);
        current.readOn();
        if (message != null) {
            attempts = 0;
            countDrops(message);
        }
        return message;
    }

    /** Number of the connection that is open, for answers that make sense on it alone. */
    public long generation() {
        return generation.get();
    }

    /** Sends a message over a connection; lost when that is not there any more. */
    public void send(long wantedGeneration, String message) {
        Link current = link;
        if (current != null && wantedGeneration == generation.get()) {
            current.send(List.of(message), Duration.ZERO);
        }
    }

    /** The connection, if it is of use still. */
    private @Nullable Link watched() {
        Link current = link;
        if (current == null) {
            return null;
        }
        Optional<String> reason = current.ended();
        if (reason.isEmpty() && current.silence().compareTo(options.heartbeat()) > 0) {
            reason = Optional.of("nothing came for " + options.heartbeat());
        }
        boolean stalls = !options.dataTimeout().isZero();
        if (reason.isEmpty() && stalls && current.stall().compareTo(options.dataTimeout()) > 0) {
            reason = Optional.of("no message came for " + options.dataTimeout());
        }
        if (reason.isEmpty()) {
            return current;
        }
        lose(current, reason.get());
        return null;
    }

    private void lose(Link lost, String reason) {
        link = null;
        lost.close();
        counters.add(FeedMeasure.CONNECTED, -1);
        counters.add(FeedMeasure.RECONNECTS, 1);
        if (attempts == 0) {
            lostAt = System.nanoTime();
        }
        later(reason, Duration.ZERO);
        log.atInfo()
                .addKeyValue("server", failures.server())
                .addKeyValue("reason", reason)
                .log("feed is lost and will be connected again");
    }

    private void later(String reason, Duration atLeast) {
        lastReason = reason;
        attempts++;
        Duration wait = Duration.ofMillis(backOff.apply(attempts));
        nextAttemptAt = System.nanoTime() + (wait.compareTo(atLeast) > 0 ? wait : atLeast).toNanos();
    }

    private byte @Nullable [] reconnected(Duration wait) throws ConnectorException, InterruptedException {
        if (closed) {
            throw new InterruptedException("the feed is closed");
        }
        long left = nextAttemptAt - System.nanoTime();
        if (left > 0) {
            Duration pauseNow = Duration.ofNanos(Math.min(left, wait.toNanos()));
            return inbox.poll(pauseNow.compareTo(SHORTEST_LOOK) < 0 ? SHORTEST_LOOK : pauseNow);
        }
        try {
            connect();
        } catch (ExecutionException e) {
            failed(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            failed(e);
        }
        return null;
    }

    private void connect() throws ExecutionException, TimeoutException, InterruptedException {
        Link opened = Link.open(uri, headers, options, greeting, inbox);
        generation.incrementAndGet();
        link = opened;
        counters.add(FeedMeasure.CONNECTED, 1);
        if (closed) {
            close();
            throw new InterruptedException("the feed was closed while it connected");
        }
        log.atInfo().addKeyValue("server", failures.server()).log("feed is connected");
    }

    private void failed(Throwable cause) throws ConnectorException {
        ConnectorException failure = failures.connecting(cause);
        if (!failure.error().category().retryable()) {
            throw failure;
        }
        if (System.nanoTime() - lostAt > options.outageLimit().toNanos()) {
            throw failures.outage(options.outageLimit(), failure.error().message());
        }
        later(failure.error().message(), failures.retryAfter(cause).orElse(Duration.ZERO));
        log.atInfo()
                .addKeyValue("server", failures.server())
                .addKeyValue("reason", lastReason)
                .addKeyValue("attempt", attempts)
                .log("feed cannot be connected yet");
    }

    private void countDrops(byte[] message) {
        if (message == Inbox.DROPPED) {
            long drops = inbox.droppedMessages();
            counters.add(FeedMeasure.DROPPED, drops - reportedDrops);
            reportedDrops = drops;
        }
    }

    @Override
    public void close() {
        closed = true;
        Link current = link;
        if (current != null) {
            link = null;
            counters.add(FeedMeasure.CONNECTED, -1);
            current.close();
        }
    }
}
