package io.streamforge.worker;

import io.streamforge.messages.DeadLetter;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/** The run's dead letters; the topic is made when the first one is written. Safe for use by several threads. */
final class DeadLetterTopic {

    /** Rows larger than this are cut: a letter must fit where its row did not. */
    static final int LARGEST_VALUE = 512 << 10;

    private final String topic;
    private final String queueId;
    private final String vertex;
    private final KafkaClients clients;
    private boolean exists;

    DeadLetterTopic(String topic, String queueId, String vertex, KafkaClients clients) {
        this.topic = topic;
        this.queueId = queueId;
        this.vertex = vertex;
        this.clients = clients;
    }

    /** A letter about input that never became a record. */
    ProducerRecord<byte[], byte[]> raw(String place, byte[] raw, String code, String message) {
        return letter(place, "raw", null, cut(raw), code, message);
    }

    /** A letter about a record of a data topic. */
    ProducerRecord<byte[], byte[]> record(
            String place, @Nullable ByteBuffer key, @Nullable ByteBuffer value, String code, String message) {
        if (value != null && value.remaining() > LARGEST_VALUE) {
            return raw(place, RecordReader.bytes(value), code, message);
        }
        return letter(place, "record", bytes(key), bytes(value), code, message);
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        return buffer == null ? null : RecordReader.bytes(buffer);
    }

    private ProducerRecord<byte[], byte[]> letter(
            String place,
            String encoding,
            byte @Nullable [] key,
            byte @Nullable [] value,
            String code,
            String message) {
        ensureExists();
        ErrorInfo error = new ErrorInfo(code, Category.DATA, message, null, null);
        DeadLetter letter = new DeadLetter(queueId, vertex, place, encoding, key, value, error, Instant.now());
        return new ProducerRecord<>(
                topic, place.getBytes(StandardCharsets.UTF_8), Json.MAPPER.writeValueAsBytes(letter));
    }

    private static byte[] cut(byte[] raw) {
        return raw.length <= LARGEST_VALUE ? raw : Arrays.copyOf(raw, LARGEST_VALUE);
    }

    private synchronized void ensureExists() {
        if (exists) {
            return;
        }
        try (Admin admin = clients.admin()) {
            NewTopic wanted = new NewTopic(topic, Optional.of(1), Optional.empty());
            wanted.configs(java.util.Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT,
                    TopicConfig.RETENTION_MS_CONFIG,
                    "-1"));
            admin.createTopics(List.of(wanted)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw VertexFailure.of(e);
            }
        } catch (InterruptedException e) {
            throw new org.apache.kafka.common.errors.InterruptException(e);
        } catch (KafkaException e) {
            throw VertexFailure.of(e);
        }
        exists = true;
    }
}
