package io.streamforge.queue.kafka;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How Kafka is reached.
 *
 * @param bootstrapServers {@code host:port,…}
 * @param properties of every client, such as {@code security.protocol}; may hold credentials, so not to be logged
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> properties) {

    private static final String VARIABLE_PREFIX = "STREAMFORGE_KAFKA_";

    public KafkaConnection {
        properties = Map.copyOf(properties);
    }

    /** Without encryption or credentials. */
    public static KafkaConnection plain(String bootstrapServers) {
        return new KafkaConnection(bootstrapServers, Map.of());
    }

    /** The variables by which workers are told the same properties. */
    public Map<String, String> variables() {
        return properties.entrySet().stream()
                .collect(Collectors.toMap(
                        property -> VARIABLE_PREFIX
                                + property.getKey().toUpperCase(Locale.ROOT).replace('.', '_'),
                        Map.Entry::getValue));
    }

    /** Settings of a client; its own go before the common ones. */
    Map<String, Object> settings(Map<String, Object> own) {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.putAll(own);
        return settings;
    }

    @Override
    public String toString() {
        return "KafkaConnection[" + bootstrapServers + "]";
    }
}
