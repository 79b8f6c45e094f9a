package io.streamforge.queue.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts records into the first partition of a topic in one transaction, unless an earlier attempt has done so. */
final class TopicFilling {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LOOK_UP = Duration.ofSeconds(5);
    private static final String TABLE = "tbl";

    private final KafkaConnection connection;
    private final TopicPartition partition;

    TopicFilling(KafkaConnection connection, String topic) {
        this.connection = connection;
        partition = new TopicPartition(topic, 0);
    }

    void fill(List<DataRecord> records) {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(producerSettings())) {
            // Ends what an earlier attempt left open, so that what is there now stays as it is.
            producer.initTransactions();
            if (!filled()) {
                producer.beginTransaction();
                List<Future<RecordMetadata>> sent =
                        records.stream().map(row -> producer.send(entry(row))).toList();
                producer.flush();
                for (Future<RecordMetadata> each : sent) {
                    each.get();
                }
                producer.commitTransaction();
            }
        } catch (KafkaException | ExecutionException e) {
            throw new BrokerException("cannot fill " + partition.topic() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted before " + partition.topic() + " was filled", e);
        }
    }

    private ProducerRecord<byte[], byte[]> entry(DataRecord row) {
        ProducerRecord<byte[], byte[]> entry =
                new ProducerRecord<>(partition.topic(), partition.partition(), row.key(), row.value());
        if (row.table() != null) {
            entry.headers().add(TABLE, row.table().getBytes(StandardCharsets.UTF_8));
        }
        return entry;
    }

    /** Markers of transactions count as offsets, but are no records. */
    private boolean filled() {
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition), LOOK_UP).getOrDefault(partition, 0L);
            while (consumer.position(partition, LOOK_UP) < end) {
                if (!consumer.poll(POLL).isEmpty()) {
                    return true;
                }
            }
            return false;
        }
    }

    private Map<String, Object> producerSettings() {
        return connection.settings(Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "queue-manager-replay",
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "queue-manager/" + partition.topic(),
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                LOOK_UP.toMillis() * 2,
                ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG,
                "",
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class));
    }

    private Map<String, Object> consumerSettings() {
        return connection.settings(Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                "queue-manager-replay",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG,
                "",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class));
    }
}
