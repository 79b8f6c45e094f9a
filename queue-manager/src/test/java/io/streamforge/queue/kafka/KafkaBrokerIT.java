package io.streamforge.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamforge.broker.BrokerSettings;
import io.streamforge.broker.EmbeddedBroker;
import io.streamforge.messages.Command;
import io.streamforge.messages.DeadLetter;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Event;
import io.streamforge.messages.Json;
import io.streamforge.messages.SinkNote;
import io.streamforge.messages.Topics;
import io.streamforge.messages.WorkerStatus;
import io.streamforge.queue.run.Runs;
import io.streamforge.queue.store.RegisteredSchema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class KafkaBrokerIT {

    @TempDir
    static Path directory;

    private static EmbeddedBroker embedded;
    private static KafkaBroker broker;

    @BeforeAll
    static void start() {
        embedded = EmbeddedBroker.start(BrokerSettings.in(directory));
        broker = new KafkaBroker(KafkaConnection.plain(embedded.bootstrapServers()));
        broker.ensure(List.of(TopicSpec.control(), TopicSpec.events(), TopicSpec.schemas()));
    }

    @AfterAll
    static void stop() {
        broker.close();
        embedded.close();
    }

    @Test
    void shouldWriteCommandsWhereItSaysAndAllOfARunToOnePartition() {
        // when
        String pause = broker.write(new Command.Pause("id-1", Runs.QUEUE_ID, "source", 1, Runs.NOW));
        String drain = broker.write(new Command.Drain("id-2", Runs.QUEUE_ID, "sink", 1, Map.of(0, 7L), Runs.NOW));

        // then
        assertThat(partition(pause)).isEqualTo(partition(drain));
        ConsumerRecord<byte[], byte[]> read = read(pause);
        assertThat(new String(read.key(), StandardCharsets.UTF_8)).isEqualTo(Runs.QUEUE_ID + "/source/pause");
        JsonNode body = Json.MAPPER.readTree(read.value());
        assertThat(body.path("command").asString()).isEqualTo("pause");
        assertThat(body.path("queue_id").asString()).isEqualTo(Runs.QUEUE_ID);
        assertThat(Json.MAPPER
                        .readTree(read(drain).value())
                        .path("end_offsets")
                        .path("0")
                        .asLong())
                .isEqualTo(7);
    }

    @Test
    void shouldMakeAndRemoveTopicsHoweverOftenItIsAsked() throws Exception {
        // when
        broker.ensure(List.of(TopicSpec.data("wf-a-data", 3), TopicSpec.positions("a")));
        broker.ensure(List.of(TopicSpec.data("wf-a-data", 3), TopicSpec.positions("a")));

        // then
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", embedded.bootstrapServers()))) {
            await().ignoreExceptions().untilAsserted(() -> assertThat(admin.describeTopics(List.of("wf-a-data"))
                            .allTopicNames()
                            .get()
                            .get("wf-a-data")
                            .partitions())
                    .hasSize(3));
            broker.delete(List.of("wf-a-data", "a-positions", "never-made"));
            broker.delete(List.of("wf-a-data"));
            broker.deleteGroups(List.of("never-joined"));
            await().untilAsserted(() ->
                    assertThat(admin.listTopics().names().get()).doesNotContain("wf-a-data", "a-positions"));
        }
    }

    @Test
    void shouldCountCommitMarkersInTheEndOfATopic() {
        // given
        broker.ensure(List.of(TopicSpec.data("wf-end-data", 2)));
        try (KafkaProducer<byte[], byte[]> producer = producer("end/source/all")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("wf-end-data", 0, null, new byte[] {1}));
            producer.send(new ProducerRecord<>("wf-end-data", 0, null, new byte[] {2}));
            producer.commitTransaction();
        }

        // when, then
        assertThat(broker.endOffsets("wf-end-data")).containsExactly(Map.entry(0, 3L), Map.entry(1, 0L));
    }

    @Test
    void shouldTellHowFarAGroupIsAndWhatItsMembersNoted() throws Exception {
        // given
        String topic = "wf-position-data";
        broker.ensure(List.of(TopicSpec.data(topic, 3)));
        try (KafkaProducer<byte[], byte[]> producer = producer("position/source/all")) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int partition : List.of(0, 0, 0, 1)) {
                producer.send(new ProducerRecord<>(topic, partition, null, new byte[] {1}));
            }
            producer.commitTransaction();
        }
        assertThat(broker.position("nobody", topic)).isEqualTo(new GroupPosition(Map.of(), SinkNote.NOTHING, 6));

        // when
        SinkNote note = new SinkNote(2, 1, 0, 20);
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", embedded.bootstrapServers()))) {
            admin.alterConsumerGroupOffsets(
                            "position-sink",
                            Map.of(
                                    new TopicPartition(topic, 0), new OffsetAndMetadata(3, note.text()),
                                    new TopicPartition(topic, 1), new OffsetAndMetadata(2, note.text())))
                    .all()
                    .get();
        }

        // then
        assertThat(broker.position("position-sink", topic))
                .isEqualTo(new GroupPosition(Map.of(0, 3L, 1, 2L), note.plus(note), 1));
    }

    @Test
    void shouldEndTheOpenTransactionOfAFencedProducer() {
        // given
        broker.ensure(List.of(TopicSpec.data("wf-fence-data", 1)));
        try (KafkaProducer<byte[], byte[]> producer = producer("fence/source/all")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("wf-fence-data", 0, null, new byte[] {1}));
            producer.flush();

            // when
            broker.fence(List.of("fence/source/all"));

            // then
            assertThat(broker.endOffsets("wf-fence-data")).containsExactly(Map.entry(0, 2L));
            assertThatThrownBy(producer::commitTransaction).isInstanceOf(ProducerFencedException.class);
        }
    }

    @Test
    void shouldReadEachDeadLetterOnce() {
        // given
        String topic = Topics.dead("wf-dead");
        assertThat(broker.deadLetters("wf-dead")).as("no topic, no letters").isEmpty();
        broker.ensure(List.of(TopicSpec.data(topic, 1)));
        try (KafkaProducer<byte[], byte[]> producer = producer("dead/sink/0")) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String place : List.of("t/0/1", "t/0/2", "t/0/1")) {
                DeadLetter letter = new DeadLetter(
                        "wf-dead",
                        "sink",
                        place,
                        "raw",
                        null,
                        "text".getBytes(StandardCharsets.UTF_8),
                        new ErrorInfo("BAD", Category.DATA, "no number", null, null),
                        Runs.NOW);
                producer.send(new ProducerRecord<>(
                        topic, place.getBytes(StandardCharsets.UTF_8), Json.MAPPER.writeValueAsBytes(letter)));
            }
            producer.commitTransaction();
        }

        // when, then
        assertThat(broker.deadLetters("wf-dead")).extracting(DeadLetter::place).containsExactly("t/0/1", "t/0/2");
    }

    @Test
    void shouldPublishSchemas() {
        broker.publish(new RegisteredSchema(7, "orders-source-value", 1, "{}"));

        assertThat(broker.endOffsets(Topics.SCHEMAS).get(0)).isPositive();
    }

    @Test
    void shouldHandEventsOverWithTheirOffsetsAndAgainWhenTheyWereNotTaken() {
        // given two events and something that is none
        try (KafkaProducer<byte[], byte[]> producer = producer("events")) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, Json.MAPPER.writeValueAsBytes(Runs.event("source", 1, 1, WorkerStatus.STARTING, 0)));
            send(producer, "no event".getBytes(StandardCharsets.UTF_8));
            send(producer, Json.MAPPER.writeValueAsBytes(Runs.event("source", 1, 2, WorkerStatus.LOADING, 5)));
            producer.commitTransaction();
        }

        // when the listener fails the first time
        RecordingListener listener = new RecordingListener();
        listener.failures.set(1);
        try (EventConsumer consumer = new EventConsumer(KafkaConnection.plain(embedded.bootstrapServers()))) {
            consumer.start(listener);
            await().atMost(Duration.ofMinutes(1)).until(() -> listener.caughtUp.get() > 0);
        }

        // then
        assertThat(listener.events).extracting(Event::seq).containsExactly(1L, 2L);
        assertThat(listener.next.values()).contains(3L);
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, byte[] value) {
        producer.send(new ProducerRecord<>(Topics.EVENTS, 2, Runs.QUEUE_ID.getBytes(StandardCharsets.UTF_8), value));
    }

    private static final class RecordingListener implements EventFeed.Listener {
        private final List<Event> events = new CopyOnWriteArrayList<>();
        private final Map<Integer, Long> next = new ConcurrentHashMap<>();
        private final AtomicInteger failures = new AtomicInteger();
        private final AtomicInteger caughtUp = new AtomicInteger();

        @Override
        public Map<Integer, Long> offsets() {
            return Map.copyOf(next);
        }

        @Override
        public void take(List<Event> taken, Map<Integer, Long> after) {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the store is away");
            }
            events.addAll(taken);
            next.putAll(after);
        }

        @Override
        public void caughtUp() {
            caughtUp.incrementAndGet();
        }
    }

    private static int partition(String place) {
        return Integer.parseInt(place.split("/")[1]);
    }

    private static ConsumerRecord<byte[], byte[]> read(String place) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                embedded.bootstrapServers(),
                "key.deserializer",
                ByteArrayDeserializer.class,
                "value.deserializer",
                ByteArrayDeserializer.class);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            TopicPartition partition = new TopicPartition(Topics.CONTROL, partition(place));
            consumer.assign(List.of(partition));
            consumer.seek(partition, Long.parseLong(place.split("/")[2]));
            return consumer.poll(Duration.ofSeconds(10)).records(partition).get(0);
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(String transactionalId) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", embedded.bootstrapServers());
        settings.put("transactional.id", transactionalId);
        settings.put("key.serializer", ByteArraySerializer.class);
        settings.put("value.serializer", ByteArraySerializer.class);
        return new KafkaProducer<>(settings);
    }
}
