package io.streamforge.queue;

import io.streamforge.queue.kafka.KafkaConnection;
import io.streamforge.queue.run.Limits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What can be configured, under {@code streamforge.*}.
 *
 * @param data directory for token, secrets, logs of workers, and the embedded store
 * @param broker Kafka's {@code host:port,…}
 * @param kafka properties of every Kafka client, of queue-manager and of workers, such as {@code security.protocol}
 * @param launcher where workers run: processes of this machine, or pods
 * @param workerBroker the same as workers reach it; {@code broker} unless given
 * @param adminToken the API's token, which several queue-managers share; one is made in the data directory unless given
 * @param templateDefaults values of template parameters that are better known here, such as {@code target}
 */
@ConfigurationProperties("streamforge")
public record QueueManagerProperties(
        @DefaultValue("streamforge-data") Path data,
        @DefaultValue("127.0.0.1:9092") String broker,
        @DefaultValue Map<String, String> kafka,
        @Nullable String workerBroker,
        @Nullable String adminToken,
        @DefaultValue("process") LauncherKind launcher,
        @DefaultValue StoreProperties store,
        @DefaultValue AdmissionProperties admission,
        @DefaultValue PreparationProperties preparation,
        @DefaultValue TimeProperties times,
        @DefaultValue WorkerProperties workers,
        @DefaultValue TraceProperties traces,
        @DefaultValue Map<String, Object> templateDefaults) {

    private static final int MIN_TOKEN = 16;

    public QueueManagerProperties {
        if (broker.isBlank()) {
            throw new IllegalArgumentException("streamforge.broker must be host:port, got an empty value");
        }
        if (adminToken != null && adminToken.strip().length() < MIN_TOKEN) {
            throw new IllegalArgumentException("streamforge.admin-token must have at least %d characters, got %d"
                    .formatted(MIN_TOKEN, adminToken.strip().length()));
        }
    }

    KafkaConnection connection() {
        return new KafkaConnection(broker, kafka);
    }

    /** Where workers run. */
    public enum LauncherKind {
        PROCESS,
        KUBERNETES
    }

    String brokerOfWorkers() {
        return workerBroker == null ? broker : workerBroker;
    }

    /**
     * @param url {@code sqlite:FILE}, {@code postgresql://…} or {@code arangodb://…}; a SQLite file in the data directory unless given
     * @param properties {@code username}, {@code password} and what else the kind knows
     */
    public record StoreProperties(
            @Nullable String url, @DefaultValue Map<String, String> properties) {}

    /**
     * @param runs that are under way at the same time
     * @param workers of those runs together
     * @param starting of those runs whose workers are still to come
     */
    public record AdmissionProperties(
            @DefaultValue("20") int runs,
            @DefaultValue("200") int workers,
            @DefaultValue("20") int starting) {}

    /**
     * @param threads how many runs are prepared, and systems asked, at the same time
     * @param timeout of one
     */
    public record PreparationProperties(
            @DefaultValue("8") int threads,
            @DefaultValue("60s") Duration timeout) {

        public PreparationProperties {
            if (threads < 1 || timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException(
                        "streamforge.preparation: threads and timeout must be above 0, got %d and %s"
                                .formatted(threads, timeout));
            }
        }
    }

    /**
     * @param endpoint of a collector that takes OTLP over HTTP, such as {@code http://collector:4318}; no traces unless given
     * @param ratio share of the requests without a trace that begin one, 0 to 1
     */
    public record TraceProperties(
            @Nullable URI endpoint, @DefaultValue("0") double ratio) {

        public TraceProperties {
            if (ratio < 0 || ratio > 1) {
                throw new IllegalArgumentException("streamforge.traces.ratio must be 0 to 1, got " + ratio);
            }
        }
    }

    /** Times the reconciler decides by; see {@link Limits}. */
    public record TimeProperties(
            @DefaultValue("60s") Duration launch,
            @DefaultValue("20s") Duration silent,
            @DefaultValue("1s") Duration exit,
            @DefaultValue("3s") Duration linger,
            @DefaultValue("10s") Duration stop,
            @DefaultValue("200ms") Duration quickRestart,
            @DefaultValue("1d") Duration keepFailedTopics) {

        Limits limits() {
            return new Limits(launch, silent, exit, linger, stop, quickRestart, keepFailedTopics);
        }
    }

    /**
     * Worker processes of this machine.
     *
     * @param java the command that starts a JVM; the one this process runs on unless given
     * @param classPath this process's own unless given
     * @param options of the JVM
     * @param heap of a worker whose workflow does not say
     * @param stopOnExit whether workers end with queue-manager
     * @param environment further variables of every worker
     * @param images of worker modules, for pods
     */
    public record WorkerProperties(
            @Nullable Path java,
            @Nullable String classPath,

            @DefaultValue("io.streamforge.worker.WorkerMain")
            String mainClass,

            @DefaultValue({
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xss512k",
                "-XX:+ExitOnOutOfMemoryError"
            })
            List<String> options,

            @DefaultValue("192MB") DataSize heap,
            @DefaultValue("false") boolean stopOnExit,
            @DefaultValue Map<String, String> environment,
            @DefaultValue Map<String, String> images) {}
}
