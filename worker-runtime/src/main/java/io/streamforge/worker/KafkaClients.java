package io.streamforge.worker;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Makes the Kafka clients of one worker, and ends those its abandoned threads would leave behind. */
final class KafkaClients implements AutoCloseable {

    /** Largest record a producer takes; what the topic takes is asked for when a row comes near. */
    static final int MAX_RECORD_BYTES = 8 << 20;

    /** A broker's work is per request more than per byte. */
    private static final long BATCH_BYTES = 512 << 10;
    /** Nobody sees a row before its transaction is committed, and committing waits for no batch to fill. */
    private static final int LINGER_MS = 100;

    private static final long BUFFER_BYTES = 10L << 20;
    private static final int FETCH_BYTES = 4 << 20;
    private static final int PARTITION_FETCH_BYTES = 2 << 20;
    private static final int SOCKET_BYTES = 1 << 20;
    private static final int POLL_RECORDS = 5_000;
    private static final int SESSION_MILLIS = 6_000;

    private final WorkerSettings settings;
    private final String clientId;
    private final Set<Producer<byte[], byte[]>> producers = ConcurrentHashMap.newKeySet();

    KafkaClients(WorkerSettings settings, String clientId) {
        this.settings = settings;
        this.clientId = clientId;
    }

    /** Reads commands as they are written; restarts of the broker are waited for. */
    KafkaConsumer<byte[], byte[]> control() {
        return consumer(new HashMap<>(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")));
    }

    /** Reads what has been committed, from offsets that are given. */
    KafkaConsumer<byte[], byte[]> committed() {
        return consumer(isolated("read_committed"));
    }

    /** Reads a sink's input; a lost offset is an error. Keys and values are views of what was fetched. */
    KafkaConsumer<ByteBuffer, ByteBuffer> input(String group, int pollRecords) {
        Map<String, Object> properties = isolated("read_committed");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Math.min(pollRecords, POLL_RECORDS));
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES);
        properties.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, SOCKET_BYTES);
        return consumer(properties, new ByteBufferDeserializer());
    }

    /** A member of a group that reads nothing; a member that dies is missed after the shortest time brokers allow by default. */
    KafkaConsumer<byte[], byte[]> member(String group) {
        Map<String, Object> properties = isolated("read_committed");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MILLIS / 4);
        return consumer(properties);
    }

    private static Map<String, Object> isolated(String level) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, level);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return properties;
    }

    private KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> properties) {
        return consumer(properties, new ByteArrayDeserializer());
    }

    private <T> KafkaConsumer<T, T> consumer(Map<String, Object> properties, Deserializer<T> deserializer) {
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(common(properties), deserializer, deserializer);
    }

    /**
     * A producer whose records become visible with its transactions; the id fences older producers of the same id.
     *
     * @param partitions it writes to; each has a batch of its own under way
     */
    Producer<byte[], byte[]> transactional(String transactionalId, int partitions) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, (int) Math.min(BATCH_BYTES, BUFFER_BYTES / (2L * partitions)));
        properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
        properties.put(ProducerConfig.SEND_BUFFER_CONFIG, SOCKET_BYTES);
        return producer(properties);
    }

    /** A producer of single messages that waits for nobody longer than {@code patience}. */
    Producer<byte[], byte[]> messages(Duration patience) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience.toMillis());
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) MAX_RECORD_BYTES);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
        return producer(properties);
    }

    private Producer<byte[], byte[]> producer(Map<String, Object> properties) {
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(common(properties), new ByteArraySerializer(), new ByteArraySerializer());
        producers.add(producer);
        return producer;
    }

    /** Closes a consumer without waiting for the fetch it has under way. */
    static void close(KafkaConsumer<?, ?> consumer) {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    /** Closes a producer; an open transaction is aborted when there is time for it. */
    void close(Producer<byte[], byte[]> producer, Duration time) {
        producers.remove(producer);
        producer.close(time);
    }

    Admin admin() {
        return Admin.create(common(new HashMap<>()));
    }

    private Map<String, Object> common(Map<String, Object> properties) {
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        properties.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        // A transaction that follows another one closely is asked for again after this time.
        properties.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 5);
        properties.putAll(settings.kafka());
        return properties;
    }

    /** Ends what is still open at once, committing nothing. */
    @Override
    public void close() {
        producers.forEach(producer -> close(producer, Duration.ZERO));
    }
}
