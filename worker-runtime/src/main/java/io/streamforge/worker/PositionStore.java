package io.streamforge.worker;

import io.streamforge.messages.Json;
import io.streamforge.messages.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The workflow's positions topic, read to its end. */
final class PositionStore {

    private static final Duration POLL = Duration.ofMillis(200);
    /** Kafka says that a topic is made before every broker knows it. */
    private static final Duration NEWS_OF_TOPIC = Duration.ofSeconds(10);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final KafkaClients clients;
    private final String topic;

    PositionStore(KafkaClients clients, String topic) {
        this.clients = clients;
        this.topic = topic;
    }

    /**
     * The last committed position under a key. The caller has fenced whoever wrote it before; transactions of other splits
     * that are still open lie in the way until they end, because a position behind them may be the one looked for.
     *
     * @throws VertexFailure when the topic is missing or holds something else
     */
    Optional<SourcePosition> load(String key, Signals signals) throws InterruptedException {
        byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
        KafkaConsumer<byte[], byte[]> consumer = clients.committed();
        try {
            List<TopicPartition> partitions = partitions(consumer, signals);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = ends(partitions);
            byte @Nullable [] latest = null;
            while (!reached(consumer, ends)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    latest = Arrays.equals(record.key(), wanted) ? record.value() : latest;
                }
                if (signals.stopping()) {
                    throw new TimeoutException("stopped while positions were read");
                }
            }
            return latest == null ? Optional.empty() : Optional.of(parse(key, latest));
        } finally {
            KafkaClients.close(consumer);
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, Signals signals)
            throws InterruptedException {
        long deadline = System.nanoTime() + NEWS_OF_TOPIC.toNanos();
        List<PartitionInfo> infos = consumer.partitionsFor(topic);
        while (infos == null || infos.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw VertexFailure.fatal(
                        "POSITIONS-MISSING", "topic " + topic + " does not exist", null, "start the workflow again");
            }
            if (!signals.sleep(LOOK_AGAIN)) {
                throw new TimeoutException("stopped while positions were looked for");
            }
            infos = consumer.partitionsFor(topic);
        }
        return infos.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** Ends that count what is not yet committed. */
    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
        KafkaConsumer<byte[], byte[]> consumer = clients.control();
        try {
            return consumer.endOffsets(partitions);
        } finally {
            KafkaClients.close(consumer);
        }
    }

    private static boolean reached(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static SourcePosition parse(String key, byte[] value) {
        try {
            return Json.MAPPER.readValue(value, SourcePosition.class);
        } catch (JacksonException e) {
            throw VertexFailure.fatal("POSITIONS-UNREADABLE", "position " + key + ": " + e.getMessage(), null, null);
        }
    }
}
