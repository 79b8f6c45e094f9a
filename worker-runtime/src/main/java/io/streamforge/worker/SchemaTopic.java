package io.streamforge.worker;

import io.streamforge.messages.Json;
import io.streamforge.messages.Task;
import io.streamforge.messages.Topics;
import io.streamforge.record.AvroSchemas;
import io.streamforge.record.RowSchema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The registered schemas as their topic has them, for those that no command named. */
final class SchemaTopic {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final List<TopicPartition> PARTITIONS = List.of(new TopicPartition(Topics.SCHEMAS, 0));

    private final KafkaClients clients;

    SchemaTopic(KafkaClients clients) {
        this.clients = clients;
    }

    /** The first such schema; empty when the topic has none by now. */
    Optional<Task.SchemaRef> find(Predicate<Task.SchemaRef> wanted) {
        KafkaConsumer<byte[], byte[]> consumer = fromBeginning();
        try {
            long end = consumer.endOffsets(PARTITIONS).values().iterator().next();
            Optional<Task.SchemaRef> found = Optional.empty();
            while (found.isEmpty() && consumer.position(PARTITIONS.get(0)) < end) {
                found = poll(consumer, wanted);
            }
            return found;
        } finally {
            KafkaClients.close(consumer);
        }
    }

    /**
     * Waits until a schema is registered.
     *
     * @param waiting called again and again meanwhile
     * @throws VertexFailure when the worker stops before
     */
    Task.SchemaRef await(RowSchema schema, Signals signals, Runnable waiting) {
        KafkaConsumer<byte[], byte[]> consumer = fromBeginning();
        try {
            while (!signals.stopping()) {
                Optional<Task.SchemaRef> found = poll(consumer, known -> equal(known, schema));
                if (found.isPresent()) {
                    return found.get();
                }
                if (consumer.currentLag(PARTITIONS.get(0)).orElse(1) == 0) {
                    waiting.run();
                }
            }
            throw VertexFailure.of(new TimeoutException("stopped while a schema was registered"));
        } finally {
            KafkaClients.close(consumer);
        }
    }

    private KafkaConsumer<byte[], byte[]> fromBeginning() {
        KafkaConsumer<byte[], byte[]> consumer = clients.control();
        consumer.assign(PARTITIONS);
        consumer.seekToBeginning(PARTITIONS);
        return consumer;
    }

    private static Optional<Task.SchemaRef> poll(
            KafkaConsumer<byte[], byte[]> consumer, Predicate<Task.SchemaRef> wanted) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            Optional<Task.SchemaRef> schema = record.value() == null
                    ? Optional.empty()
                    : parse(record.value()).filter(wanted);
            if (schema.isPresent()) {
                return schema;
            }
        }
        return Optional.empty();
    }

    private static Optional<Task.SchemaRef> parse(byte[] value) {
        try {
            JsonNode registered = Json.MAPPER.readTree(value);
            JsonNode avro = Json.MAPPER.readTree(registered.path("schema").asString(""));
            return Optional.of(new Task.SchemaRef(registered.path("id").asInt(), avro));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static boolean equal(Task.SchemaRef known, RowSchema schema) {
        try {
            return AvroSchemas.fromAvro(known.avro()).equals(schema);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
