package io.streamforge.standalone;

import io.streamforge.record.AvroSchemas;
import io.streamforge.record.Framing;
import io.streamforge.record.JsonRows;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code streamforge records TOPIC}: rows of a data topic as JSON, by the registry's schemas. */
@Command(name = "records", description = "Prints the committed records of a topic as JSON, a line each.")
final class RecordsCommand implements Runnable {

    private static final Duration ANSWER = Duration.ofSeconds(10);

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    Remote remote = new Remote();

    @Parameters(paramLabel = "TOPIC", description = "Name of a topic.")
    String topic = "";

    @Option(
            names = "--broker",
            paramLabel = "HOST:PORT",
            description = "Kafka broker (default: the embedded one of the data directory).")
    @Nullable String broker;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Records to print at most (default: ${DEFAULT-VALUE}).")
    int limit = 100;

    private final Map<Integer, RowSchema> schemas = new HashMap<>();

    @Override
    public void run() {
        ApiClient api = remote.connect();
        Output out = new Output(spec.commandLine().getOut());
        Map<String, Object> properties = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG,
                false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            read(consumer, api, out);
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer, ApiClient api, Output out) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic, ANSWER).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new CommandException(Exit.BAD_INPUT, "there is no topic '" + topic + "'");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
        int printed = 0;
        while (printed < limit && partitions.stream().anyMatch(one -> consumer.position(one) < end(ends, one))) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                if (printed++ < limit) {
                    out.line(text(record, api));
                }
            }
        }
    }

    private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    private String text(ConsumerRecord<byte[], byte[]> record, ApiClient api) {
        byte[] value = record.value() == null ? record.key() : record.value();
        if (value == null) {
            return "null";
        }
        if (value.length < Framing.SIZE || value[0] != 0) {
            return new String(value, StandardCharsets.UTF_8);
        }
        RowSchema schema = schemas.computeIfAbsent(Framing.schemaId(value), id -> schema(id, api));
        RowCursor cursor = new RowCursor(schema).wrap(value, Framing.SIZE, value.length);
        return new String(new JsonRows(schema).toBytes(cursor), StandardCharsets.UTF_8);
    }

    private static RowSchema schema(int id, ApiClient api) {
        return AvroSchemas.fromJson(api.get("/schemas/ids/" + id).path("schema").asString(""));
    }

    private String broker() {
        if (broker != null) {
            return broker;
        }
        Path file = remote.data.resolve(DataDirectory.BROKER).resolve("port");
        try {
            return "127.0.0.1:" + Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandException(
                    Exit.BAD_INPUT,
                    "no broker: name one with --broker, or the data directory of a local server with --data",
                    e);
        }
    }
}
