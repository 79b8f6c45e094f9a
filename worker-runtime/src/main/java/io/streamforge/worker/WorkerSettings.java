package io.streamforge.worker;

import io.streamforge.connector.References;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All a worker is told.
 *
 * @param bootstrapServers Kafka's {@code host:port,…}
 * @param command place of the start command
 * @param kafka properties for every Kafka client, such as {@code security.protocol}
 * @param instance tells workers of the same task apart; null when there is one
 * @param resolver finds secrets and variables that options refer to
 * @param traces where spans of a traced run go, such as {@code http://collector:4318}; null when they are not kept
 */
public record WorkerSettings(
        String bootstrapServers,
        CommandReference command,
        Map<String, String> kafka,
        References.Resolver resolver,
        Tuning tuning,
        @Nullable String instance,
        @Nullable URI traces) {

    /** A worker that has its task for itself. */
    public WorkerSettings(
            String bootstrapServers,
            CommandReference command,
            Map<String, String> kafka,
            References.Resolver resolver,
            Tuning tuning) {
        this(bootstrapServers, command, kafka, resolver, tuning, null, null);
    }

    public WorkerSettings {
        kafka = Map.copyOf(kafka);
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("bootstrap servers must not be empty");
        }
    }

    public WorkerSettings withTuning(Tuning newTuning) {
        return new WorkerSettings(bootstrapServers, command, kafka, resolver, newTuning, instance, traces);
    }
}
