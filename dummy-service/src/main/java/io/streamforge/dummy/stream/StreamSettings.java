package io.streamforge.dummy.stream;

import java.time.Duration;

/**
 * How the streams are served.
 *
 * @param pingInterval between two pings of the server
 * @param pongTimeout a client that has not answered a ping for so long is disconnected
 * @param sessionLimit every connection is closed after this time
 * @param streams that a connection may subscribe to
 * @param messagesPerSecond that a client may send
 * @param tick between two looks at what has happened; events are late by so much
 */
public record StreamSettings(
        Duration pingInterval,
        Duration pongTimeout,
        Duration sessionLimit,
        int streams,
        int messagesPerSecond,
        Duration tick) {

    /** As Binance has it. */
    public static final StreamSettings DEFAULT = new StreamSettings(
            Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofHours(24), 1024, 5, Duration.ofMillis(10));

    public StreamSettings {
        if (streams < 1 || messagesPerSecond < 1 || tick.toMillis() < 1 || pingInterval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "streams and messages per second must be at least 1, tick and ping interval"
                            + " at least 1 ms, got " + streams + ", " + messagesPerSecond + ", " + tick + " and "
                            + pingInterval);
        }
    }

    public StreamSettings withPings(Duration interval, Duration timeout) {
        return new StreamSettings(interval, timeout, sessionLimit, streams, messagesPerSecond, tick);
    }

    public StreamSettings withSessionLimit(Duration limit) {
        return new StreamSettings(pingInterval, pongTimeout, limit, streams, messagesPerSecond, tick);
    }

    public StreamSettings withLimits(int newStreams, int newMessagesPerSecond) {
        return new StreamSettings(pingInterval, pongTimeout, sessionLimit, newStreams, newMessagesPerSecond, tick);
    }
}
