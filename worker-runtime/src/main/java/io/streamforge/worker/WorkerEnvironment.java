package io.streamforge.worker;

import io.streamforge.connector.References;
import io.streamforge.connector.Units;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The environment variables of a worker process; all but the first two have defaults. */
public final class WorkerEnvironment {

    /** Kafka's {@code host:port,…}. */
    public static final String BROKER = "STREAMFORGE_BROKER";

    /** Place of the start command: {@code queue-control/<partition>/<offset>/<queue_id>/<vertex>}; the last two may be absent. */
    public static final String COMMAND = "STREAMFORGE_COMMAND";

    /** Port of health and metrics; none are served when absent, 0 takes a free one. */
    public static final String HEALTH_PORT = "STREAMFORGE_HEALTH_PORT";

    /** Tells workers that share a task apart; part of their telemetry id. */
    public static final String INSTANCE = "STREAMFORGE_INSTANCE";

    /** {@code json} for one JSON object per line, {@code text} (default) for people. */
    public static final String LOG = "STREAMFORGE_LOG";

    /** Least severe level that is logged: ERROR, WARN, INFO (default), DEBUG. */
    public static final String LOG_LEVEL = "STREAMFORGE_LOG_LEVEL";

    /** Where spans of a traced run go, by OTLP over HTTP: {@code http://collector:4318}; they are not kept when absent. */
    public static final String TRACES = "STREAMFORGE_TRACES_ENDPOINT";

    /** {@code STREAMFORGE_SECRET_SHOP_DB} is what {@code ${secret:shop-db}} stands for. */
    public static final String SECRET_PREFIX = "STREAMFORGE_SECRET_";

    /** {@code STREAMFORGE_KAFKA_SECURITY_PROTOCOL} sets {@code security.protocol} of every Kafka client. */
    public static final String KAFKA_PREFIX = "STREAMFORGE_KAFKA_";

    /** See {@link Tuning#commitInterval}. */
    public static final String COMMIT_INTERVAL = "STREAMFORGE_COMMIT_INTERVAL";

    /** See {@link Tuning#commitBytes}. */
    public static final String COMMIT_BYTES = "STREAMFORGE_COMMIT_BYTES";

    /** See {@link Tuning#batchRows}. */
    public static final String BATCH_ROWS = "STREAMFORGE_BATCH_ROWS";

    /** See {@link Tuning#batchBytes}. */
    public static final String BATCH_BYTES = "STREAMFORGE_BATCH_BYTES";

    /** See {@link Tuning#stopDeadline}. */
    public static final String STOP_DEADLINE = "STREAMFORGE_STOP_DEADLINE";

    /** See {@link Tuning#retryFor}. */
    public static final String RETRY_FOR = "STREAMFORGE_RETRY_FOR";

    /** See {@link Tuning#brokerAway}. */
    public static final String BROKER_AWAY = "STREAMFORGE_BROKER_AWAY";

    private WorkerEnvironment() {}

    /**
     * The settings an environment gives.
     *
     * @throws IllegalArgumentException naming the variable that is missing or wrong
     */
    public static WorkerSettings settings(Map<String, String> environment) {
        return new WorkerSettings(
                required(environment, BROKER),
                value(COMMAND, required(environment, COMMAND), CommandReference::parse),
                kafka(environment),
                References.ofEnvironment(environment),
                tuning(environment),
                environment.get(INSTANCE),
                traces(environment));
    }

    /** The port health is asked on; empty when it is not served. */
    public static OptionalInt healthPort(Map<String, String> environment) {
        String port = environment.get(HEALTH_PORT);
        return port == null || port.isBlank()
                ? OptionalInt.empty()
                : OptionalInt.of(value(HEALTH_PORT, port, Integer::parseInt));
    }

    private static @Nullable URI traces(Map<String, String> environment) {
        String endpoint = environment.get(TRACES);
        return endpoint == null || endpoint.isBlank() ? null : value(TRACES, endpoint, URI::create);
    }

    private static Tuning tuning(Map<String, String> environment) {
        Tuning standard = Tuning.DEFAULT;
        return standard.withCommit(
                        duration(environment, COMMIT_INTERVAL, standard.commitInterval()),
                        number(environment, COMMIT_BYTES, standard.commitBytes(), Units::size))
                .withBatch(
                        number(environment, BATCH_ROWS, standard.batchRows(), Long::valueOf)
                                .intValue(),
                        number(environment, BATCH_BYTES, standard.batchBytes(), Units::size))
                .withStopDeadline(duration(environment, STOP_DEADLINE, standard.stopDeadline()))
                .withPatience(
                        duration(environment, RETRY_FOR, standard.retryFor()),
                        duration(environment, BROKER_AWAY, standard.brokerAway()));
    }

    private static Map<String, String> kafka(Map<String, String> environment) {
        Map<String, String> properties = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(KAFKA_PREFIX)) {
                String property = name.substring(KAFKA_PREFIX.length()).toLowerCase(Locale.ROOT);
                properties.put(property.replace('_', '.'), value);
            }
        });
        return properties;
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("environment variable " + name + " is not set");
        }
        return value;
    }

    private static Duration duration(Map<String, String> environment, String name, Duration standard) {
        String text = environment.get(name);
        return text == null ? standard : value(name, text, Units::duration);
    }

    private static Long number(
            Map<String, String> environment, String name, long standard, Function<String, Long> parser) {
        String text = environment.get(name);
        return text == null ? Long.valueOf(standard) : value(name, text, parser);
    }

    private static <T> T value(String name, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("environment variable " + name + ": " + e.getMessage(), e);
        }
    }
}
