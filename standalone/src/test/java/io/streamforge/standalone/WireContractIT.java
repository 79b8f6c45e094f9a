package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.dummy.SimulatedExchange;
import io.streamforge.messages.Json;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What programs of others rely on: topics, keys, fields and bytes, read with Kafka's, Jackson's and Avro's libraries alone. */
class WireContractIT {

    private static final int ROWS = 300;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int FRAME = 5;
    private static final String EPOCH_SECONDS = "\"timestamp\":\\d{10}\\.\\d{3}[,}]";

    @TempDir
    static Path directory;

    private static TestServer server;
    private static Curl curl;
    private static String broker;
    private static String queueId;

    @BeforeAll
    static void runAWorkflow() throws Exception {
        server = TestServer.start(directory.resolve("data"), Map.of());
        curl = new Curl(server);
        broker = server.process()
                .awaitLine(line -> line.startsWith("broker "))
                .substring("broker ".length())
                .strip();
        queueId = server.post(workflow("wire", csv("good.csv", ""), "1h"));
        assertThat(server.awaitEnd(queueId, LIMIT).state()).isEqualTo("completed");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static Path csv(String name, String rest) throws Exception {
        StringBuilder text = new StringBuilder("id,name,total,ordered_on,note\n");
        for (int i = 1; i <= ROWS; i++) {
            text.append(String.join(",", row(i))).append('\n');
        }
        return Files.writeString(directory.resolve(name), text.append(rest));
    }

    private static List<String> row(int i) {
        return List.of(
                String.valueOf(i),
                "Kundin Ä-" + i,
                BigDecimal.valueOf(i * 7L, 2).toPlainString(),
                LocalDate.of(2026, 1, 1).plusDays(i).toString(),
                i % 3 == 0 ? "" : "note " + i);
    }

    private static String workflow(String name, Path file, String retention) {
        return """
                name: %s
                source:
                  connector: file
                  options:
                    path: %s
                    columns: {id: INT64, name: STRING, total: "DECIMAL(12,2)", ordered_on: DATE, note: STRING}
                sinks:
                  - connector: sqlite
                    options: {url: "jdbc:sqlite:%s", table: orders, mode: insert}
                retention: %s
                """.formatted(name, file, directory.resolve(name + ".db"), retention);
    }

    @Test
    void shouldCommandWorkersInTheFieldsOfTheContract() {
        List<ConsumerRecord<String, String>> records = texts("queue-control").stream()
                .filter(record -> record.key().startsWith(queueId + "/") && record.value() != null)
                .toList();

        JsonNode source = command(records, queueId + "/source/start");
        requireText(source, "command", "command_id", "queue_id", "target", "kafka_topic", "telemetry_id", "vertex");
        assertThat(source.path("command").asString()).isEqualTo("start");
        assertThat(source.path("queue_id").asString()).isEqualTo(queueId);
        assertThat(source.path("target").asString()).isEqualTo("loader-producer");
        assertThat(source.path("vertex").asString()).isEqualTo("source");
        assertThat(source.path("kafka_topic").asString()).isEqualTo(queueId + "-data");
        assertThat(source.path("telemetry_id").asString()).matches("loader-producer__[0-9a-f]{6}");
        assertThat(source.path("attempt").isIntegralNumber()).isTrue();
        assertThat(source.path("task").path("connector").asString()).isEqualTo("file");
        assertThat(source.path("task").path("splits").isArray()).isTrue();
        assertThat(source.propertyNames()).doesNotContain("symbol", "type", "time_range", "collection_name");

        JsonNode sink = command(records, queueId + "/sink/start");
        assertThat(sink.path("target").asString()).isEqualTo("sink-connector");
        assertThat(sink.path("kafka_topic").asString()).isEqualTo(queueId + "-data");

        JsonNode drain = command(records, queueId + "/sink/drain");
        requireText(drain, "command", "command_id", "queue_id", "vertex");
        assertThat(drain.path("command").asString()).isEqualTo("drain");
        assertThat(drain.path("end_offsets").path("0").asLong()).isGreaterThan(ROWS);

        assertThat(records).allSatisfy(record -> assertThat(record.value()).containsPattern(EPOCH_SECONDS));
    }

    @Test
    void shouldEraseTheCommandsOfARunThatHasEnded() {
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(texts("queue-control").stream()
                        .filter(record -> record.value() == null)
                        .map(ConsumerRecord::key))
                .contains(queueId + "/source/start", queueId + "/sink/start", queueId + "/sink/drain"));
    }

    @Test
    void shouldReportInTheFieldsOfTheContract() {
        List<ConsumerRecord<String, String>> records = texts("queue-events").stream()
                .filter(record -> record.key().equals(queueId))
                .toList();

        for (String worker : List.of("loader-producer__", "sink-connector__")) {
            List<JsonNode> events = records.stream()
                    .map(record -> Json.MAPPER.readTree(record.value()))
                    .filter(event -> event.path("producer").asString().startsWith(worker))
                    .toList();
            assertThat(events).allSatisfy(WireContractIT::requireEvent);
            List<Long> seqs =
                    events.stream().map(event -> event.path("seq").asLong()).toList();
            assertThat(seqs).isSorted().doesNotHaveDuplicates();
            assertThat(events.get(0).path("status").asString()).isEqualTo("starting");
            JsonNode last = events.get(events.size() - 1);
            assertThat(last.path("status").asString()).isEqualTo("completed");
            assertThat(last.path("finished").asBoolean()).isTrue();
            assertThat(last.path("records_written").asLong()).isEqualTo(ROWS);
            assertThat(last.path("error").isNull()).isTrue();
        }
        assertThat(records).allSatisfy(record -> assertThat(record.value()).containsPattern(EPOCH_SECONDS));
    }

    private static void requireEvent(JsonNode event) {
        requireText(event, "queue_id", "producer", "status", "message");
        assertThat(event.path("queue_id").asString()).isEqualTo(queueId);
        for (String count :
                List.of("seq", "records_read", "records_written", "records_rejected", "bytes", "lag", "attempt")) {
            assertThat(event.path(count).isIntegralNumber()).as(count).isTrue();
        }
        assertThat(event.path("positions").isObject()).isTrue();
        assertThat(event.path("end_offsets").isObject()).isTrue();
        assertThat(event.path("finished").isBoolean()).isTrue();
        assertThat(event.has("error")).isTrue();
        assertThat(event.path("status").asString())
                .isIn("starting", "loading", "paused", "draining", "completed", "stopped", "error");
    }

    @Test
    void shouldNameTheSubjectOfATemplateInCommandsAndEvents() {
        try (SimulatedExchange exchange = SimulatedExchange.start(0)) {
            // when
            String run = curl.post("/api/v1/workflows", Curl.JSON, """
                            {"symbol": "BTCUSDT", "type": "api_candles_5m", "time_range": "2024-08-01:2024-08-02",
                             "base_url": "%s", "target": {"connector": "sqlite", "options":
                              {"url": "jdbc:sqlite:%s", "table": "${collection_name}", "mode": "upsert"}}}
                            """.formatted(
                                    exchange.url(), directory.resolve("market.db")))
                    .json()
                    .path("queue_id")
                    .asString();

            // then
            assertThat(run).matches("wf-btcusdt-api_candles_5m-20240801-[0-9a-f]{6}");
            assertThat(server.awaitEnd(run, LIMIT).state()).isEqualTo("completed");
            JsonNode start = command(texts("queue-control"), run + "/source/start");
            requireSubject(start);
            assertThat(start.path("time_range").asString()).isEqualTo("2024-08-01:2024-08-02");
            assertThat(start.path("collection_name").asString()).isEqualTo("btcusdt_api_candles_5m_2024_08_01");
            texts("queue-events").stream()
                    .filter(record -> record.key().equals(run))
                    .forEach(record -> requireSubject(Json.MAPPER.readTree(record.value())));
        }
    }

    private static void requireSubject(JsonNode message) {
        assertThat(message.path("symbol").asString()).isEqualTo("BTCUSDT");
        assertThat(message.path("type").asString()).isEqualTo("api_candles_5m");
    }

    @Test
    void shouldWriteRowsThatAvrosOwnLibraryReads() throws Exception {
        Map<Integer, Schema> schemas = new HashMap<>();
        List<List<String>> rows = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : read(queueId + "-data", new ByteArrayDeserializer())) {
            if (record.headers().lastHeader("x") == null) {
                rows.add(decode(record.value(), schemas));
            }
        }

        List<List<String>> expected = new ArrayList<>();
        for (int i = 1; i <= ROWS; i++) {
            expected.add(row(i));
        }
        assertThat(rows).containsExactlyElementsOf(expected);
    }

    private static List<String> decode(byte[] value, Map<Integer, Schema> schemas) throws Exception {
        assertThat(value[0]).isZero();
        Schema schema =
                schemas.computeIfAbsent(ByteBuffer.wrap(value, 1, Integer.BYTES).getInt(), WireContractIT::schema);
        GenericData data = new GenericData();
        data.addLogicalTypeConversion(new Conversions.DecimalConversion());
        data.addLogicalTypeConversion(new TimeConversions.DateConversion());
        GenericRecord row = new GenericDatumReader<GenericRecord>(schema, schema, data)
                .read(null, DecoderFactory.get().binaryDecoder(value, FRAME, value.length - FRAME, null));
        return schema.getFields().stream()
                .map(field ->
                        row.get(field.pos()) == null ? "" : row.get(field.pos()).toString())
                .toList();
    }

    private static Schema schema(int id) {
        return new Schema.Parser()
                .parse(curl.get("/schemas/ids/" + id).json().path("schema").asString());
    }

    @Test
    void shouldDropTheDataOfARunAfterItsRetentionAndKeepItsDeadLetters() throws Exception {
        // given
        Path file = csv("bad.csv", "not-a-number,x,1.00,2026-01-01,\n");

        // when
        String run = server.post(workflow("brief", file, "1s"));
        RunView ended = server.awaitEnd(run, LIMIT);

        // then
        assertThat(ended.state()).as(ended.json().toString()).isEqualTo("completed");
        Awaitility.await().atMost(LIMIT).until(() -> !topics().contains(run + "-data"));
        assertThat(topics()).contains(run + "-dead", queueId + "-data");
        ConsumerRecord<String, String> letter = texts(run + "-dead").get(0);
        assertThat(Json.MAPPER
                        .readTree(letter.value())
                        .path("error")
                        .path("message")
                        .asString())
                .isNotEmpty();
    }

    private static JsonNode command(List<ConsumerRecord<String, String>> records, String key) {
        return records.stream()
                .filter(record -> record.key().equals(key) && record.value() != null)
                .map(record -> Json.MAPPER.readTree(record.value()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no command " + key));
    }

    private static void requireText(JsonNode object, String... names) {
        assertThat(names)
                .allSatisfy(name ->
                        assertThat(object.path(name).isString()).as(name).isTrue());
    }

    private static List<ConsumerRecord<String, String>> texts(String topic) {
        return read(topic, new StringDeserializer());
    }

    /** All committed records of a topic, in the order of its partitions. */
    private static <T> List<ConsumerRecord<T, T>> read(String topic, Deserializer<T> form) {
        List<ConsumerRecord<T, T>> records = new ArrayList<>();
        try (KafkaConsumer<T, T> consumer = consumer(form)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static Set<String> topics() {
        try (KafkaConsumer<String, String> consumer = consumer(new StringDeserializer())) {
            return consumer.listTopics().keySet();
        }
    }

    private static <T> KafkaConsumer<T, T> consumer(Deserializer<T> form) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker,
                        "isolation.level",
                        "read_committed",
                        "allow.auto.create.topics",
                        false),
                form,
                form);
    }
}
