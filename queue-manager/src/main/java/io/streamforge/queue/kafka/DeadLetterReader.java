package io.streamforge.queue.kafka;

import io.streamforge.messages.DeadLetter;
import io.streamforge.messages.Json;
import io.streamforge.messages.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a run's dead-letter topic once, from its beginning to where it ends at that moment. */
final class DeadLetterReader {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LOOK_UP = Duration.ofSeconds(5);
    private static final int MAX_LETTERS = 10_000;

    private final KafkaConnection connection;

    DeadLetterReader(KafkaConnection connection) {
        this.connection = connection;
    }

    List<DeadLetter> read(String queueId) {
        String topic = Topics.dead(queueId);
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings())) {
            List<PartitionInfo> partitions = consumer.listTopics(LOOK_UP).getOrDefault(topic, List.of());
            return partitions.isEmpty() ? List.of() : read(consumer, topic, partitions);
        } catch (KafkaException e) {
            throw new BrokerException("cannot read " + topic + ": " + e.getMessage(), e);
        }
    }

    private static List<DeadLetter> read(Consumer<byte[], byte[]> consumer, String topic, List<PartitionInfo> infos) {
        List<TopicPartition> partitions = infos.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LOOK_UP);
        Map<String, DeadLetter> letters = new LinkedHashMap<>();
        long deadline = System.nanoTime() + LOOK_UP.toNanos() * 2;
        while (letters.size() < MAX_LETTERS
                && System.nanoTime() < deadline
                && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(POLL)) {
                if (entry.value() != null && letters.size() < MAX_LETTERS) {
                    letters.putIfAbsent(key(entry), Json.MAPPER.readValue(entry.value(), DeadLetter.class));
                }
            }
        }
        return List.copyOf(letters.values());
    }

    /** Where the record stood: writing it twice leaves one. */
    private static String key(ConsumerRecord<byte[], byte[]> entry) {
        return entry.key() == null
                ? entry.partition() + "/" + entry.offset()
                : new String(entry.key(), StandardCharsets.UTF_8);
    }

    private Map<String, Object> settings() {
        return connection.settings(Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                "queue-manager-dead-letters",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) LOOK_UP.toMillis(),
                ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG,
                "",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class));
    }
}
