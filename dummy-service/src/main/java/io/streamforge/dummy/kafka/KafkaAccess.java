package io.streamforge.dummy.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How Kafka is reached: by the variables that workers have, {@code STREAMFORGE_BROKER} and {@code STREAMFORGE_KAFKA_…}.
 *
 * @param properties of every client; may hold credentials, so not to be logged
 */
public record KafkaAccess(String bootstrapServers, Map<String, String> properties) {

    private static final String BROKER = "STREAMFORGE_BROKER";
    private static final String PREFIX = "STREAMFORGE_KAFKA_";

    public KafkaAccess {
        properties = Map.copyOf(properties);
    }

    /** Empty when no broker is named. */
    public static Optional<KafkaAccess> of(Map<String, String> environment) {
        Map<String, String> properties = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                properties.put(
                        name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return Optional.ofNullable(environment.get(BROKER))
                .filter(broker -> !broker.isBlank())
                .map(broker -> new KafkaAccess(broker, properties));
    }

    Admin admin(Duration patience) {
        return Admin.create(
                common(Map.of("default.api.timeout.ms", millis(patience), "request.timeout.ms", millis(patience))));
    }

    /** A producer whose sends fail when they cannot be delivered within a time. */
    public Producer<byte[], byte[]> producer(Duration patience) {
        return new KafkaProducer<>(
                common(Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        millis(patience),
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        millis(patience),
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        millis(patience))),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** A consumer that belongs to no group. */
    public KafkaConsumer<byte[], byte[]> consumer(Duration patience) {
        return new KafkaConsumer<>(
                common(Map.of(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(patience))),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static int millis(Duration time) {
        return (int) time.toMillis();
    }

    private Map<String, Object> common(Map<String, Object> own) {
        Map<String, Object> all = new HashMap<>(own);
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        all.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        all.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        all.putAll(properties);
        return all;
    }

    @Override
    public String toString() {
        return "KafkaAccess[" + bootstrapServers + "]";
    }
}
