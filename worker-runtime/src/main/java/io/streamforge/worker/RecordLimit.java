package io.streamforge.worker;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;

/** How large a record the data topic takes; asked for when the first large row comes. Safe for use by several threads. */
final class RecordLimit {

    /** No topic is expected to take less. */
    private static final int UNQUESTIONED = 64 << 10;

    /** Framing of a batch with one record and no compression, rounded up. */
    private static final int OVERHEAD = 256;

    private final KafkaClients clients;
    private final String topic;
    private int limit;

    RecordLimit(KafkaClients clients, String topic) {
        this.clients = clients;
        this.topic = topic;
    }

    boolean fits(int recordBytes) {
        return recordBytes < UNQUESTIONED || recordBytes + OVERHEAD <= limit();
    }

    /** Bytes of the largest batch, hence of the largest record. */
    synchronized int limit() {
        if (limit == 0) {
            limit = Math.min(KafkaClients.MAX_RECORD_BYTES, ask());
        }
        return limit;
    }

    private int ask() {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = clients.admin()) {
            Config config = Objects.requireNonNull(
                    admin.describeConfigs(List.of(resource)).all().get().get(resource));
            return Integer.parseInt(
                    config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
        } catch (ExecutionException e) {
            throw VertexFailure.of(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
