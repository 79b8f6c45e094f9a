package io.streamforge.dummy.kafka;

import io.streamforge.dummy.kafka.ProbeReport.GroupLag;
import io.streamforge.dummy.kafka.ProbeReport.RoundTrip;
import io.streamforge.dummy.kafka.ProbeReport.TopicState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/** Asks Kafka what it has, and writes a record to a topic of its own and reads it again. */
public final class KafkaProbe {

    /** Written to by probes; what is in it is gone after an hour. */
    public static final String TOPIC = "streamforge-probe";

    private static final String KEPT_MILLIS = "3600000";

    private final KafkaAccess access;
    private final Duration patience;

    /** @param patience longest time for each question */
    public KafkaProbe(KafkaAccess access, Duration patience) {
        this.access = access;
        this.patience = patience;
    }

    /**
     * Asks now; blocks.
     *
     * @throws ExecutionException with what Kafka said
     * @throws TimeoutException when it said nothing in time
     */
    public ProbeReport probe() throws ExecutionException, TimeoutException, InterruptedException {
        try (Admin admin = access.admin(patience)) {
            int nodes = answer(admin.describeCluster().nodes()).size();
            ensureTopic(admin);
            RoundTrip roundTrip = roundTrip();
            return new ProbeReport(nodes, topics(admin), roundTrip, groups(admin));
        }
    }

    private <T> T answer(KafkaFuture<T> future) throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void ensureTopic(Admin admin) throws ExecutionException, TimeoutException, InterruptedException {
        NewTopic topic = new NewTopic(TOPIC, Optional.of(1), Optional.empty())
                .configs(Map.of("retention.ms", KEPT_MILLIS, "segment.ms", KEPT_MILLIS));
        try {
            answer(admin.createTopics(Set.of(topic)).all());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private RoundTrip roundTrip() throws ExecutionException, TimeoutException, InterruptedException {
        byte[] value = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
        try (Producer<byte[], byte[]> producer = access.producer(patience);
                KafkaConsumer<byte[], byte[]> consumer = access.consumer(patience)) {
            // Otherwise the first record would pay for finding the topic.
            producer.partitionsFor(TOPIC);
            long begun = System.nanoTime();
            RecordMetadata written = producer.send(new ProducerRecord<>(TOPIC, 0, null, value))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            long produced = System.nanoTime();
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seek(partition, written.offset());
            read(consumer, written.offset(), value);
            return new RoundTrip(TOPIC, millis(produced - begun), millis(System.nanoTime() - produced));
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer, long offset, byte[] value)
            throws ExecutionException, TimeoutException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                if (record.offset() == offset) {
                    if (!Arrays.equals(record.value(), value)) {
                        throw new ExecutionException(new IllegalStateException(
                                "the record at offset " + offset + " is not what was written"));
                    }
                    return;
                }
            }
        }
        throw new TimeoutException("the record at offset " + offset + " of " + TOPIC + " was not read in " + patience);
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 10_000.0) / 100.0;
    }

    private List<TopicState> topics(Admin admin) throws ExecutionException, TimeoutException, InterruptedException {
        Set<String> names = answer(admin.listTopics().names());
        return new TreeMap<>(answer(admin.describeTopics(names).allTopicNames()))
                .values().stream().map(KafkaProbe::state).toList();
    }

    private static TopicState state(TopicDescription topic) {
        return new TopicState(
                topic.name(),
                topic.partitions().size(),
                topic.partitions().stream()
                        .filter(partition -> partition.leader() == null)
                        .count(),
                topic.partitions().stream()
                        .filter(partition ->
                                partition.isr().size() < partition.replicas().size())
                        .count());
    }

    private List<GroupLag> groups(Admin admin) throws ExecutionException, TimeoutException, InterruptedException {
        Map<String, ListConsumerGroupOffsetsSpec> wanted =
                answer(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all()).stream()
                        .collect(Collectors.toMap(
                                group -> group.groupId(), group -> new ListConsumerGroupOffsetsSpec()));
        if (wanted.isEmpty()) {
            return List.of();
        }
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed =
                answer(admin.listConsumerGroupOffsets(wanted).all());
        Map<TopicPartition, OffsetSpec> places = new HashMap<>();
        committed.values().forEach(offsets -> offsets.keySet()
                .forEach(place -> places.put(place, OffsetSpec.latest())));
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                answer(admin.listOffsets(places).all());
        List<GroupLag> lags = new ArrayList<>();
        new TreeMap<>(committed).forEach((group, offsets) -> lags.add(new GroupLag(group, lag(offsets, ends))));
        return lags;
    }

    private static long lag(
            Map<TopicPartition, OffsetAndMetadata> offsets, Map<TopicPartition, ListOffsetsResultInfo> ends) {
        return offsets.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .mapToLong(entry -> Math.max(
                        0,
                        Objects.requireNonNull(ends.get(entry.getKey())).offset()
                                - entry.getValue().offset()))
                .sum();
    }
}
