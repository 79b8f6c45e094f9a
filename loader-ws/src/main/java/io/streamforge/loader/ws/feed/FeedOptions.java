package io.streamforge.loader.ws.feed;

import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import java.time.Duration;
import java.util.List;

/**
 * How a feed is followed.
 *
 * @param retryDelay before the first attempt to connect again; doubles with each, plus or minus half at random
 * @param retryMaxDelay longest of these waits
 * @param outageLimit a feed that could not be had for so long fails
 * @param heartbeat longest silence; a ping is sent twice in that time
 * @param dataTimeout longest stall, zero for any
 * @param maxMessageBytes largest message
 * @param bufferBytes of messages that wait in the inbox
 */
public record FeedOptions(
        Duration connectTimeout,
        Duration retryDelay,
        Duration retryMaxDelay,
        Duration outageLimit,
        Duration heartbeat,
        Duration dataTimeout,
        int maxMessageBytes,
        OnLag onLag,
        long bufferBytes) {

    private static final double HOUR_MILLIS = 3_600_000;

    /** Of every feed. */
    public static final List<OptionSpec> SPECS = List.of(
            OptionSpec.of(
                            "on_lag",
                            OptionType.STRING,
                            "What happens when the edge's max_lag holds the source back (or the run is paused) and the buffer is"
                                    + " full: buffer stops reading the connection; drop leaves new messages out; latest keeps the"
                                    + " newest of each stream; error fails the run.")
                    .withDefault("buffer")
                    .withAllowed("buffer", "drop", "latest", "error"),
            OptionSpec.of("buffer_size", OptionType.SIZE, "Messages that may wait to be read, per connection.")
                    .withDefault("16MiB")
                    .withBounds(1024, 1 << 30),
            OptionSpec.of(
                            "heartbeat",
                            OptionType.DURATION,
                            "Longest silence: a connection over which nothing comes for so long, not even the answer to a ping, is"
                                    + " replaced. A ping is sent twice in that time.")
                    .withDefault("10s")
                    .withBounds(100, HOUR_MILLIS),
            OptionSpec.of(
                            "data_timeout",
                            OptionType.DURATION,
                            "A connection that answers pings but has no messages for so long is replaced, too; 0s waits for ever.")
                    .withDefault("60s")
                    .withBounds(0, 24 * HOUR_MILLIS),
            OptionSpec.of(
                            "outage_limit",
                            OptionType.DURATION,
                            "How long a feed may be away before the run's restart strategy decides.")
                    .withDefault("1h")
                    .withBounds(0, 24 * 365 * HOUR_MILLIS),
            OptionSpec.of("max_message_size", OptionType.SIZE, "Largest message; a larger one ends the connection.")
                    .withDefault("1MiB")
                    .withBounds(1024, 1 << 28));

    /** Of a feed whose connector has no options of these names yet. */
    public static final List<OptionSpec> CONNECTING = List.of(
            OptionSpec.of("connect_timeout", OptionType.DURATION, "How long to wait for a connection.")
                    .withDefault("10s")
                    .withBounds(1, HOUR_MILLIS),
            OptionSpec.of(
                            "retry_delay",
                            OptionType.DURATION,
                            "Wait before the first attempt to connect again; doubles with each, and varies by half at random.")
                    .withDefault("500ms")
                    .withBounds(1, HOUR_MILLIS),
            OptionSpec.of("retry_max_delay", OptionType.DURATION, "Longest wait between two attempts.")
                    .withDefault("30s")
                    .withBounds(1, HOUR_MILLIS));

    public static FeedOptions of(Options options) {
        return new FeedOptions(
                options.duration("connect_timeout"),
                options.duration("retry_delay"),
                options.duration("retry_max_delay"),
                options.duration("outage_limit"),
                options.duration("heartbeat"),
                options.duration("data_timeout"),
                (int) options.size("max_message_size"),
                OnLag.of(options.string("on_lag")),
                options.size("buffer_size"));
    }
}
