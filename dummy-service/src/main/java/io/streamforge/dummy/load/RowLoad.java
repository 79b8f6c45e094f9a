package io.streamforge.dummy.load;

import io.streamforge.dummy.kafka.KafkaAccess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Rows as flat JSON, keyed by their number: {@code {"id":7,"created_at":"2024-08-01T00:00:00Z","amount":7.07}}. */
final class RowLoad implements Load {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final String topic;
    private final Producer<byte[], byte[]> producer;

    RowLoad(KafkaAccess access, LoadOrder.Rows rows) {
        topic = rows.topic();
        producer = access.producer(PATIENCE);
    }

    @Override
    public CompletionStage<?> begin(long number) {
        CompletableFuture<RecordMetadata> written = new CompletableFuture<>();
        var unused = producer.send(
                new ProducerRecord<>(topic, bytes("{\"id\":" + number + "}"), row(number)), (place, e) -> {
                    if (e == null) {
                        written.complete(place);
                    } else {
                        written.completeExceptionally(e);
                    }
                });
        return written;
    }

    private static byte[] row(long number) {
        return bytes("{\"id\":" + number + ",\"created_at\":\"" + Instant.now() + "\",\"amount\":" + number % 100_000
                + "." + (10 + number % 90) + "}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
