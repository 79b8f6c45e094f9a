package io.streamforge.queue.kafka;

import io.streamforge.messages.Command;
import io.streamforge.messages.DeadLetter;
import io.streamforge.messages.Json;
import io.streamforge.messages.SinkNote;
import io.streamforge.messages.Topics;
import io.streamforge.queue.store.RegisteredSchema;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The broker by Kafka's own clients. */
public final class KafkaBroker implements Broker {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration OPEN_TRANSACTION_PAUSE = Duration.ofMillis(20);
    private static final int OPEN_TRANSACTION_TRIES = 150;

    private final KafkaConnection connection;
    private final Producer<byte[], byte[]> producer;
    private final Admin admin;
    private volatile int controlPartitions;

    public KafkaBroker(KafkaConnection connection) {
        this.connection = connection;
        admin = Admin.create(connection.settings(Map.of(
                AdminClientConfig.CLIENT_ID_CONFIG,
                "queue-manager",
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) TIMEOUT.toMillis(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) TIMEOUT.toMillis(),
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                500L,
                AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG,
                "")));
        producer = new KafkaProducer<>(connection.settings(producerSettings()));
    }

    private static Map<String, Object> producerSettings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "queue-manager");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis() * 2);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
        settings.put(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return settings;
    }

    @Override
    public String write(Command command) {
        byte[] value = Json.MAPPER.writerFor(Command.class).writeValueAsBytes(command);
        RecordMetadata at = await(
                "write command " + command.key(),
                send(record(Topics.CONTROL, partition(command.queueId()), command.key(), value)));
        return Topics.CONTROL + "/" + at.partition() + "/" + at.offset();
    }

    @Override
    public void erase(String queueId, List<String> keys) {
        int partition = partition(queueId);
        List<Future<RecordMetadata>> sent = keys.stream()
                .map(key -> send(record(Topics.CONTROL, partition, key, null)))
                .toList();
        sent.forEach(result -> await("erase the commands of " + queueId, result));
    }

    @Override
    public void publish(RegisteredSchema schema) {
        byte[] value = Json.MAPPER.writeValueAsBytes(schema);
        await("publish a schema", send(record(Topics.SCHEMAS, 0, Integer.toString(schema.id()), value)));
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, int partition, String key, byte @Nullable [] value) {
        return new ProducerRecord<>(topic, partition, key.getBytes(StandardCharsets.UTF_8), value);
    }

    private Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> entry) {
        try {
            return producer.send(entry);
        } catch (KafkaException e) {
            throw new BrokerException("cannot write to " + entry.topic() + ": " + e.getMessage(), e);
        }
    }

    private int partition(String queueId) {
        if (controlPartitions == 0) {
            var topics = admin.describeTopics(List.of(Topics.CONTROL)).allTopicNames();
            controlPartitions = Optional.ofNullable(
                            await("describe " + Topics.CONTROL, topics).get(Topics.CONTROL))
                    .orElseThrow()
                    .partitions()
                    .size();
        }
        return Utils.toPositive(Utils.murmur2(queueId.getBytes(StandardCharsets.UTF_8))) % controlPartitions;
    }

    @Override
    public void ensure(Collection<TopicSpec> topics) {
        var results = admin.createTopics(topics.stream()
                        .map(topic -> new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                                .configs(topic.settings()))
                        .toList())
                .values();
        results.forEach((name, result) -> awaitUnless("create topic " + name, result, TopicExistsException.class));
    }

    @Override
    public void delete(Collection<String> topics) {
        admin.deleteTopics(topics)
                .topicNameValues()
                .forEach((name, result) ->
                        awaitUnless("delete topic " + name, result, UnknownTopicOrPartitionException.class));
    }

    @Override
    public void deleteGroups(Collection<String> groups) {
        admin.deleteConsumerGroups(groups)
                .deletedGroups()
                .forEach((name, result) -> awaitUnless("delete group " + name, result, GroupIdNotFoundException.class));
    }

    @Override
    public GroupPosition position(String group, String topic) {
        var committed = await(
                "list the offsets of " + group,
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<Integer, Long> next = new TreeMap<>();
        SinkNote note = SinkNote.NOTHING;
        for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : committed.entrySet()) {
            if (entry.getKey().topic().equals(topic) && entry.getValue() != null) {
                next.put(entry.getKey().partition(), entry.getValue().offset());
                note = note.plus(SinkNote.parse(entry.getValue().metadata()));
            }
        }
        long lag = offsets(latest(topic), IsolationLevel.READ_COMMITTED).entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - next.getOrDefault(end.getKey(), 0L)))
                .sum();
        return new GroupPosition(next, note, lag);
    }

    private Map<TopicPartition, OffsetSpec> latest(String topic) {
        var described = admin.describeTopics(List.of(topic)).allTopicNames();
        return Optional.ofNullable(await("describe " + topic, described).get(topic)).orElseThrow().partitions().stream()
                .collect(Collectors.toMap(
                        info -> new TopicPartition(topic, info.partition()), info -> OffsetSpec.latest()));
    }

    @Override
    public Map<Integer, Long> endOffsets(String topic) {
        Map<TopicPartition, OffsetSpec> latest = latest(topic);
        for (int i = 0; i < OPEN_TRANSACTION_TRIES; i++) {
            Map<Integer, Long> committed = offsets(latest, IsolationLevel.READ_COMMITTED);
            if (committed.equals(offsets(latest, IsolationLevel.READ_UNCOMMITTED))) {
                return committed;
            }
            pause();
        }
        throw new BrokerException(
                "a transaction is still open in " + topic, new IllegalStateException("end offsets differ"));
    }

    private Map<Integer, Long> offsets(Map<TopicPartition, OffsetSpec> latest, IsolationLevel isolation) {
        var listed = await(
                "list offsets",
                admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all());
        Map<Integer, Long> offsets = new TreeMap<>();
        listed.forEach((partition, info) -> offsets.put(partition.partition(), info.offset()));
        return offsets;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(OPEN_TRANSACTION_PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted", e);
        }
    }

    @Override
    public void fence(Collection<String> transactionalIds) {
        if (!transactionalIds.isEmpty()) {
            await("fence producers", admin.fenceProducers(transactionalIds).all());
        }
    }

    @Override
    public void fill(String topic, List<DataRecord> records) {
        new TopicFilling(connection, topic).fill(records);
    }

    @Override
    public List<DeadLetter> deadLetters(String queueId) {
        return new DeadLetterReader(connection).read(queueId);
    }

    @Override
    public void ping() {
        await("reach the broker", admin.describeCluster().nodes());
    }

    private static <T> void awaitUnless(String what, Future<T> future, Class<? extends KafkaException> harmless) {
        try {
            await(what, future);
        } catch (BrokerException e) {
            if (!harmless.isInstance(e.getCause())) {
                throw e;
            }
        }
    }

    private static <T> T await(String what, Future<T> future) {
        try {
            return future.get(2 * TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
            throw new BrokerException("cannot " + what + ": " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new BrokerException("cannot " + what + ": no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted before the broker could " + what, e);
        }
    }

    @Override
    public void close() {
        producer.close(TIMEOUT);
        admin.close(TIMEOUT);
    }
}
