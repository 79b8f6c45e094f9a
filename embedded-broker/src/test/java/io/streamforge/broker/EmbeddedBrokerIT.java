package io.streamforge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {

    @TempDir
    Path directory;

    @Test
    void shouldKeepItsDataAndIdentityWhenItIsStoppedAndStartedAgain() throws Exception {
        String clusterId;
        int port;
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(directory))) {
            clusterId = broker.clusterId();
            port = broker.port();
            createTopic(broker.bootstrapServers(), "kept");
            produceTransaction(broker.bootstrapServers(), "kept", List.of("a", "b"));
        }

        try (EmbeddedBroker broker =
                EmbeddedBroker.start(BrokerSettings.in(directory).withPort(port))) {
            assertThat(broker.clusterId()).isEqualTo(clusterId);
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            produceTransaction(broker.bootstrapServers(), "kept", List.of("c"));
            assertThat(consume(broker.bootstrapServers(), "kept", 3)).containsExactly("a", "b", "c");
        }
    }

    @Test
    void shouldRefuseASecondBrokerOnTheSameDirectoryOrPort(@TempDir Path other) {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(directory))) {
            assertThatExceptionOfType(BrokerException.class)
                    .isThrownBy(() -> EmbeddedBroker.start(BrokerSettings.in(directory)))
                    .withMessageContaining(directory.toString())
                    .returns("BROKER-DIRECTORY-IN-USE", BrokerException::code);
            assertThatExceptionOfType(BrokerException.class)
                    .isThrownBy(
                            () -> EmbeddedBroker.start(BrokerSettings.in(other).withPort(broker.port())))
                    .returns("BROKER-PORT-IN-USE", BrokerException::code);
        }
    }

    @Test
    void shouldNotCreateTopicsByTheWay() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(directory));
                KafkaConsumer<String, String> consumer = consumer(broker.bootstrapServers())) {
            assertThat(consumer.listTopics()).doesNotContainKey("nobody-made-me");
            assertThat(consumer.partitionsFor("nobody-made-me", Duration.ofSeconds(2)))
                    .isNullOrEmpty();
            assertThat(consumer.listTopics()).doesNotContainKey("nobody-made-me");
        }
    }

    @Test
    void shouldComeBackWithAllCommittedDataAfterItsProcessWasKilled() throws Exception {
        Process first = process();
        String bootstrap = awaitReady(first);
        createTopic(bootstrap, "killed");
        produceTransaction(bootstrap, "killed", List.of("a", "b", "c"));
        first.destroyForcibly().waitFor();

        Process second = process();
        try {
            String again = awaitReady(second);
            assertThat(consume(again, "killed", 3)).containsExactly("a", "b", "c");
            produceTransaction(again, "killed", List.of("d"));
            assertThat(consume(again, "killed", 4)).containsExactly("a", "b", "c", "d");
        } finally {
            second.destroy();
            assertThat(second.waitFor()).isEqualTo(143);
        }
    }

    @Test
    void shouldCompactWhatItsTopicsAskToBeCompacted() throws Exception {
        try (EmbeddedBroker broker =
                EmbeddedBroker.start(BrokerSettings.in(directory).with("log.cleaner.backoff.ms", "100"))) {
            String bootstrap = broker.bootstrapServers();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
                Map<String, String> compacted =
                        Map.of("cleanup.policy", "compact", "segment.ms", "100", "min.cleanable.dirty.ratio", "0.01");
                admin.createTopics(Set.of(new NewTopic("compacted", 1, (short) 1).configs(compacted)))
                        .all()
                        .get();
            }
            Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                produceTransaction(bootstrap, "compacted", List.of("x"));
                try (KafkaConsumer<String, String> consumer = consumer(bootstrap)) {
                    TopicPartition partition = new TopicPartition("compacted", 0);
                    consumer.assign(List.of(partition));
                    consumer.seekToBeginning(List.of(partition));
                    assertThat(consumer.poll(Duration.ofSeconds(5))
                                    .iterator()
                                    .next()
                                    .offset())
                            .isPositive();
                }
            });
        }
    }

    private Process process() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerMain.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static String awaitReady(Process process) throws IOException {
        List<String> seen = new ArrayList<>();
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            seen.add(line);
            if (line.startsWith("broker ready at ")) {
                return line.substring("broker ready at ".length());
            }
        }
        throw new AssertionError("the broker process ended: " + seen);
    }

    private static void createTopic(String bootstrap, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(Set.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static void produceTransaction(String bootstrap, String topic, List<String> values) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "transactional.id", "test/" + topic),
                new StringSerializer(),
                new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            values.forEach(value -> producer.send(new ProducerRecord<>(topic, 0, "key", value)));
            producer.commitTransaction();
        }
    }

    private static List<String> consume(String bootstrap, String topic, int count) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer(bootstrap)) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            consumer.seekToBeginning(consumer.assignment());
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
        }
        return values;
    }

    private static KafkaConsumer<String, String> consumer(String bootstrap) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer());
    }
}
