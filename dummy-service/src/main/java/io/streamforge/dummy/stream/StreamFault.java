package io.streamforge.dummy.stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with streams.
 *
 * @param stream name of the only stream whose events it concerns; null for any
 * @param skip events to leave alone before
 * @param count events (of {@code rate-limit}: connections) to spoil, 1 when absent
 * @param duration of {@code stall} and {@code outage}, 5 s when absent
 */
public record StreamFault(
        Kind kind,
        @Nullable String stream,
        int skip,
        @Nullable Integer count,
        @Nullable Duration duration) {

    private static final Duration SHORT = Duration.ofSeconds(5);

    /** The ways a stream fails. */
    public enum Kind {
        /** An event is not sent. */
        @JsonProperty("drop")
        DROP,
        /** An event is sent twice. */
        @JsonProperty("duplicate")
        DUPLICATE,
        /** An event is sent after the next one of its stream. */
        @JsonProperty("reorder")
        REORDER,
        /** A frame that is no JSON comes before an event. */
        @JsonProperty("garbage")
        GARBAGE,
        /** A connection answers pings but sends no events, and what happens meanwhile is never sent. */
        @JsonProperty("stall")
        STALL,
        /** A connection stays open and is never heard of again. */
        @JsonProperty("half-open")
        HALF_OPEN,
        /** All connections are cut. */
        @JsonProperty("close")
        CLOSE,
        /** Connections are refused with 429. */
        @JsonProperty("rate-limit")
        RATE_LIMIT,
        /** All connections are cut, and everything, REST too, is refused with 503 for a time. */
        @JsonProperty("outage")
        OUTAGE
    }

    public static StreamFault of(Kind kind, int count) {
        return new StreamFault(kind, null, 0, count, null);
    }

    public static StreamFault lasting(Kind kind, Duration duration) {
        return new StreamFault(kind, null, 0, 1, duration);
    }

    public StreamFault afterSkipping(int events) {
        return new StreamFault(kind, stream, events, count, duration);
    }

    public StreamFault onStream(String name) {
        return new StreamFault(kind, name, skip, count, duration);
    }

    boolean concerns(String eventStream) {
        return stream == null || stream.equals(eventStream);
    }

    int times() {
        return count == null ? 1 : count;
    }

    Duration time() {
        return duration == null ? SHORT : duration;
    }

    StreamFault counted() {
        return skip > 0 ? afterSkipping(skip - 1) : new StreamFault(kind, stream, 0, times() - 1, duration);
    }
}
