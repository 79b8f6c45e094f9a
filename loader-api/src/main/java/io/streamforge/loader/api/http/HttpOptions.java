package io.streamforge.loader.api.http;

import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How calls are made.
 *
 * @param connectTimeout for the connection
 * @param readTimeout from the request to the last byte of the reply
 * @param retries attempts after the first
 * @param retryDelay before the first repetition; doubles with each, plus or minus half at random
 * @param retryMaxDelay largest back-off
 * @param retryAfterLimit longest wait a server may ask for
 * @param requestsPerMinute of this worker, for all splits together; 0 for no limit
 * @param maxResponseSize bytes of a reply's body
 * @param circuitFailures failed attempts in a row that open the circuit
 * @param circuitWait how long it stays open
 */
public record HttpOptions(
        Duration connectTimeout,
        Duration readTimeout,
        int retries,
        Duration retryDelay,
        Duration retryMaxDelay,
        Duration retryAfterLimit,
        int requestsPerMinute,
        int maxResponseSize,
        int circuitFailures,
        Duration circuitWait) {

    private static final double HOUR_MILLIS = 3_600_000;

    private static final List<OptionSpec> SPECS = List.of(
            OptionSpec.of("connect_timeout", OptionType.DURATION, "How long to wait for a connection.")
                    .withDefault("10s")
                    .withBounds(1, HOUR_MILLIS),
            OptionSpec.of("read_timeout", OptionType.DURATION, "How long a whole reply may take.")
                    .withDefault("30s")
                    .withBounds(1, HOUR_MILLIS),
            OptionSpec.of(
                            "retries",
                            OptionType.INTEGER,
                            "How often a call is repeated when there is no connection, or the server answers 5xx or 429, or what"
                                    + " it sends is no JSON. Then the run's restart strategy decides.")
                    .withDefault("5")
                    .withBounds(0, 100),
            OptionSpec.of(
                            "retry_delay",
                            OptionType.DURATION,
                            "Wait before the first repetition; doubles with each, and varies by half at random.")
                    .withDefault("500ms")
                    .withBounds(1, HOUR_MILLIS),
            OptionSpec.of("retry_max_delay", OptionType.DURATION, "Longest wait between two repetitions.")
                    .withDefault("30s")
                    .withBounds(1, HOUR_MILLIS),
            OptionSpec.of(
                            "retry_after_limit",
                            OptionType.DURATION,
                            "Longest wait a server may ask for with Retry-After; the call fails when it asks for more.")
                    .withDefault("5m")
                    .withBounds(0, 24 * HOUR_MILLIS),
            OptionSpec.of(
                            "requests_per_minute",
                            OptionType.INTEGER,
                            "Calls a worker makes per minute, all splits together; 0 for no limit.")
                    .withDefault("0")
                    .withBounds(0, 1_000_000),
            OptionSpec.of("max_response_size", OptionType.SIZE, "Largest reply that is read into memory.")
                    .withDefault("32MiB")
                    .withBounds(1024, 1 << 30),
            OptionSpec.of(
                            "circuit_failures",
                            OptionType.INTEGER,
                            "After so many failed attempts in a row the server is left alone for circuit_wait.")
                    .withDefault("10")
                    .withBounds(1, 1000),
            OptionSpec.of("circuit_wait", OptionType.DURATION, "How long a failing server is left alone.")
                    .withDefault("30s")
                    .withBounds(1, HOUR_MILLIS));

    /**
     * A connector's own options followed by those of this record.
     *
     * @param requestsPerMinute the default of {@code requests_per_minute}
     */
    public static List<OptionSpec> after(List<OptionSpec> own, int requestsPerMinute) {
        Stream<OptionSpec> shared = SPECS.stream()
                .map(spec -> spec.name().equals("requests_per_minute")
                        ? spec.withDefault(Integer.toString(requestsPerMinute))
                        : spec);
        return Stream.concat(own.stream(), shared).toList();
    }

    public static HttpOptions of(Options options) {
        return new HttpOptions(
                options.duration("connect_timeout"),
                options.duration("read_timeout"),
                (int) options.integer("retries"),
                options.duration("retry_delay"),
                options.duration("retry_max_delay"),
                options.duration("retry_after_limit"),
                (int) options.integer("requests_per_minute"),
                (int) options.size("max_response_size"),
                (int) options.integer("circuit_failures"),
                options.duration("circuit_wait"));
    }
}
