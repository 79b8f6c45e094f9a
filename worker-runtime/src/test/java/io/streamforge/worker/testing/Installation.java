package io.streamforge.worker.testing;

import io.streamforge.broker.BrokerSettings;
import io.streamforge.broker.EmbeddedBroker;
import io.streamforge.connector.Catalog;
import io.streamforge.connector.References;
import io.streamforge.messages.Command;
import io.streamforge.messages.Event;
import io.streamforge.messages.Json;
import io.streamforge.messages.Topics;
import io.streamforge.record.Framing;
import io.streamforge.record.RowCursor;
import io.streamforge.worker.CommandReference;
import io.streamforge.worker.Tuning;
import io.streamforge.worker.Worker;
import io.streamforge.worker.WorkerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A broker with the topics of a fleet, and what queue-manager would do there; as an extension it ends with the class of tests. */
public final class Installation implements AfterAllCallback, AutoCloseable {

    private static final int CONTROL_PARTITIONS = 4;

    private final Path directory;
    private final Catalog catalog = Catalog.load();
    private EmbeddedBroker broker;
    private final KafkaProducer<byte[], byte[]> producer;

    /** In a directory of its own, which goes with the tests. */
    public Installation() {
        this(temporary());
    }

    public Installation(Path directory) {
        this.directory = directory;
        broker = EmbeddedBroker.start(BrokerSettings.in(directory));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        createTopic(Topics.CONTROL, CONTROL_PARTITIONS, Map.of("cleanup.policy", "compact"));
        createTopic(Topics.EVENTS, 1, Map.of());
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("installation");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public void createTopic(String name, int partitions, Map<String, String> configuration) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(Set.of(new NewTopic(name, partitions, (short) 1).configs(configuration)))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What a group has committed. */
    public Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            return admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Deletes what a group without members has committed, as brokers do after a while. */
    public void forget(String group) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.deleteConsumerGroups(Set.of(group)).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public void stopBroker() {
        broker.close();
    }

    /** Comes back on the same port with the same data. */
    public void startBroker() {
        broker = EmbeddedBroker.start(BrokerSettings.in(directory).withPort(broker.port()));
    }

    /** Writes a command and says where it lies. */
    public CommandReference say(Command command) {
        RecordMetadata written = write(Topics.CONTROL, command.key(), Json.MAPPER.writeValueAsBytes(command));
        return CommandReference.of(
                Topics.CONTROL, written.partition(), written.offset(), command.queueId(), command.vertex());
    }

    /** Writes a record into the partition of its run. */
    public RecordMetadata write(String topic, String key, byte @Nullable [] value) {
        String run = key.contains("/") ? key.substring(0, key.indexOf('/')) : key;
        int partition = topic.equals(Topics.CONTROL) ? Math.floorMod(run.hashCode(), CONTROL_PARTITIONS) : 0;
        return write(topic, partition, key.getBytes(StandardCharsets.UTF_8), value);
    }

    public RecordMetadata write(String topic, int partition, byte @Nullable [] key, byte @Nullable [] value) {
        try {
            return producer.send(new ProducerRecord<>(topic, partition, key, value))
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A worker of this JVM, started. */
    public Worker start(CommandReference reference, Tuning tuning) {
        Worker worker = new Worker(
                new WorkerSettings(bootstrapServers(), reference, Map.of(), References.ofEnvironment(Map.of()), tuning),
                catalog);
        worker.start();
        return worker;
    }

    public List<Event> events(String queueId) {
        List<Event> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : read(Topics.EVENTS, 1, true)) {
            if (Arrays.equals(record.key(), queueId.getBytes(StandardCharsets.UTF_8))) {
                events.add(Json.MAPPER.readValue(record.value(), Event.class));
            }
        }
        return events;
    }

    /** Everything committed in a topic. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic, int partitions, boolean committed) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers(),
                        "isolation.level",
                        committed ? "read_committed" : "read_uncommitted"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                all.add(new TopicPartition(topic, partition));
            }
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<Integer, Long> ends = endOffsets(topic, partitions);
            while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition.partition()))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /**
     * The ends of a topic whose writers are done. The end of what is committed follows a commit with a delay, the end of what is
     * written does not.
     */
    public Map<Integer, Long> endOffsets(String topic, int partitions) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers(), "isolation.level", "read_uncommitted"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            Map<Integer, Long> ends = new java.util.HashMap<>();
            for (int partition = 0; partition < partitions; partition++) {
                TopicPartition one = new TopicPartition(topic, partition);
                ends.put(partition, consumer.endOffsets(List.of(one)).get(one));
            }
            return ends;
        }
    }

    /** The ids of the committed rows of a data topic, partition by partition. */
    public List<Long> ids(String topic, int partitions) {
        RowCursor cursor = new RowCursor(NumbersConnector.SCHEMA);
        return read(topic, partitions, true).stream()
                .map(record -> cursor.wrap(record.value(), Framing.SIZE, record.value().length)
                        .getLong(0))
                .toList();
    }

    @Override
    public void afterAll(ExtensionContext tests) throws IOException {
        close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        broker.close();
    }
}
