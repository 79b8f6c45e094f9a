package io.streamforge.dummy.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamforge.broker.BrokerSettings;
import io.streamforge.broker.EmbeddedBroker;
import io.streamforge.dummy.DummyServiceApplication;
import io.streamforge.dummy.kafka.KafkaAccess;
import io.streamforge.dummy.worker.Behaviour.Fault;
import io.streamforge.messages.Command;
import io.streamforge.messages.Event;
import io.streamforge.messages.Json;
import io.streamforge.messages.Subject;
import io.streamforge.messages.Task;
import io.streamforge.messages.Topics;
import io.streamforge.messages.WorkerStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class SimulatedWorkerIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration WORK = Duration.ofMillis(300);

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static KafkaProducer<byte[], byte[]> producer;
    private static KafkaConsumer<byte[], byte[]> consumer;
    /** Of all tests. */
    private static final List<Event> EVENTS = new ArrayList<>();

    private final String queueId;

    SimulatedWorkerIT(TestInfo test) {
        queueId = "wf-" + test.getTestMethod().orElseThrow().getName().toLowerCase(java.util.Locale.ROOT);
    }

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(BrokerSettings.in(directory));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(Set.of(
                            new NewTopic(Topics.CONTROL, 1, (short) 1), new NewTopic(Topics.EVENTS, 1, (short) 1)))
                    .all()
                    .get();
        }
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(Topics.EVENTS, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    @AfterAll
    static void stop() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
        producer.close();
        broker.close();
    }

    @Test
    void shouldSayAsASourceThatItHasReadEverything() throws Exception {
        CompletableFuture<Integer> worker = begin(start(1, Task.Role.SOURCE), behaviour(Fault.NONE));

        assertThat(code(worker)).isZero();
        assertThat(statuses()).containsExactly(WorkerStatus.STARTING, WorkerStatus.LOADING, WorkerStatus.COMPLETED);
        assertThat(events()).extracting(Event::seq).isSorted().doesNotHaveDuplicates();
        assertThat(events()).allMatch(event -> event.producer().equals("arango-connector__a1b2c3"));
    }

    @Test
    void shouldPauseResumeAndDrainAsASink() throws Exception {
        CompletableFuture<Integer> worker = begin(start(1, Task.Role.SINK), behaviour(Fault.NONE));
        awaitStatus(WorkerStatus.LOADING);

        say(new Command.Pause("p", queueId, "vertex", 1, Instant.now()));
        awaitStatus(WorkerStatus.PAUSED);
        say(new Command.Resume("r", queueId, "vertex", 1, Instant.now()));
        awaitStatus(WorkerStatus.LOADING);
        say(new Command.Drain("d", queueId, "vertex", 1, Map.of(0, 42L), Instant.now()));

        assertThat(code(worker)).isZero();
        Event last = last();
        assertThat(last.status()).isEqualTo(WorkerStatus.COMPLETED);
        assertThat(last.finished()).isTrue();
        assertThat(last.endOffsets()).isEqualTo(Map.of(0, 42L));
    }

    @Test
    void shouldEndWhenItIsStoppedAndWhenANewerAttemptHasBegun() throws Exception {
        CompletableFuture<Integer> old = begin(start(1, Task.Role.SINK), behaviour(Fault.NONE));
        awaitStatus(WorkerStatus.LOADING);

        CompletableFuture<Integer> next = begin(start(2, Task.Role.SINK), behaviour(Fault.NONE));

        assertThat(code(old)).isEqualTo(4);
        await().atMost(LIMIT).until(() -> last().attempt() == 2);
        say(new Command.Stop("s", queueId, "vertex", 2, Instant.now()));
        assertThat(code(next)).isZero();
        assertThat(last().status()).isEqualTo(WorkerStatus.STOPPED);
    }

    @Test
    void shouldFailAsItIsToldAndOnlyInSoManyAttempts() throws Exception {
        Behaviour twice = new Behaviour(WORK, Fault.ERROR, 2);
        assertThat(code(begin(start(1, Task.Role.SOURCE), behaviour(Fault.CRASH))))
                .isEqualTo(1);
        assertThat(statuses()).doesNotContain(WorkerStatus.ERROR);

        assertThat(code(begin(start(2, Task.Role.SOURCE), twice))).isEqualTo(1);
        assertThat(last().error()).isNotNull();
        assertThat(code(begin(start(3, Task.Role.SOURCE), twice))).isZero();
        assertThat(last().status()).isEqualTo(WorkerStatus.COMPLETED);
    }

    @Test
    void shouldNotBeHeardOfOrNotHear() throws Exception {
        try (SimulatedWorker silent = worker(start(1, Task.Role.SOURCE), behaviour(Fault.SILENT))) {
            CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(silent::run);
            awaitStatus(WorkerStatus.STARTING);
            await().during(WORK.multipliedBy(2)).atMost(LIMIT).until(() -> events().size() == 1);
            silent.kill();
            code(ended);
        }
        try (SimulatedWorker deaf = worker(start(2, Task.Role.SINK), behaviour(Fault.DEAF))) {
            CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(deaf::run);
            awaitStatus(WorkerStatus.LOADING);
            say(new Command.Stop("s", queueId, "vertex", 2, Instant.now()));
            await().during(WORK).atMost(LIMIT).until(() -> !ended.isDone());
            deaf.kill();
            code(ended);
        }
    }

    @Test
    void shouldSayThatItHasStoppedWhenItsProcessIsToldToEnd() throws Exception {
        // given
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DummyServiceApplication.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("worker.log").toFile());
        builder.environment().put("STREAMFORGE_BROKER", broker.bootstrapServers());
        builder.environment().put(SimulatedWorker.COMMAND, start(1, Task.Role.SINK));
        Process process = builder.start();
        try {
            awaitStatus(WorkerStatus.LOADING);

            // when
            process.destroy();

            // then
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(last().status()).isEqualTo(WorkerStatus.STOPPED);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldNameTheVariableThatIsWrong() {
        assertThat(Behaviour.of(Map.of("SIMULATED_WORK", "never")).work()).isNull();
        for (String name : List.of("SIMULATED_WORK", "SIMULATED_FAULT", "SIMULATED_FAULTY_ATTEMPTS")) {
            assertThatThrownBy(() -> Behaviour.of(Map.of(name, "soon"))).hasMessageContaining(name);
        }
        assertThatThrownBy(() -> SimulatedWorker.of(Map.of())).hasMessageContaining("STREAMFORGE_BROKER");
    }

    private static Behaviour behaviour(Fault fault) {
        return new Behaviour(WORK, fault, Integer.MAX_VALUE);
    }

    private static CompletableFuture<Integer> begin(String place, Behaviour behaviour) {
        SimulatedWorker worker = worker(place, behaviour);
        return CompletableFuture.supplyAsync(() -> {
            try (worker) {
                return worker.run();
            }
        });
    }

    private static SimulatedWorker worker(String place, Behaviour behaviour) {
        return new SimulatedWorker(new KafkaAccess(broker.bootstrapServers(), Map.of()), place, behaviour);
    }

    private static int code(CompletableFuture<Integer> worker) throws Exception {
        return worker.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private String start(int attempt, Task.Role role) throws Exception {
        Task task = new Task(
                "simulated",
                role,
                "anything",
                Map.of("url", "${secret:unknown}"),
                null,
                List.of(),
                List.of(),
                null,
                null,
                Topics.positions("simulated"),
                Topics.dead(queueId),
                Task.From.LAST,
                new Task.Errors(Task.Rejected.DEAD_LETTER, 1),
                null);
        return say(new Command.Start(
                Command.id(queueId, "vertex", attempt, "start"),
                queueId,
                "arango-connector",
                Subject.NONE,
                Topics.data(queueId),
                "arango-connector__a1b2c3",
                "vertex",
                null,
                attempt,
                task,
                Instant.now()));
    }

    private static String say(Command command) throws Exception {
        long offset = producer.send(new ProducerRecord<>(
                        Topics.CONTROL,
                        0,
                        command.key().getBytes(StandardCharsets.UTF_8),
                        Json.MAPPER.writeValueAsBytes(command)))
                .get()
                .offset();
        return Topics.CONTROL + "/0/" + offset;
    }

    private void awaitStatus(WorkerStatus status) {
        await().atMost(LIMIT).until(() -> !events().isEmpty() && last().status() == status);
    }

    private Event last() {
        List<Event> events = events();
        return events.get(events.size() - 1);
    }

    private List<WorkerStatus> statuses() {
        return events().stream().map(Event::status).toList();
    }

    private List<Event> events() {
        TopicPartition partition = new TopicPartition(Topics.EVENTS, 0);
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        while (consumer.position(partition) < end) {
            consumer.poll(Duration.ofMillis(100))
                    .forEach(record -> EVENTS.add(Json.MAPPER.readValue(record.value(), Event.class)));
        }
        return EVENTS.stream().filter(event -> event.queueId().equals(queueId)).toList();
    }
}
