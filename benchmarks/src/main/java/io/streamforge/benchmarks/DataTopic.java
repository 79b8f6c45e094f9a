package io.streamforge.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** The topic between the source and the sink of the only run of a broker. */
final class DataTopic {

    private final Admin admin;
    private final Map<TopicPartition, OffsetSpec> ends = new HashMap<>();

    private DataTopic(Admin admin, TopicDescription topic) {
        this.admin = admin;
        topic.partitions()
                .forEach(partition ->
                        ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
    }

    /** Empty as long as there is none. */
    static Optional<DataTopic> of(Admin admin) throws InterruptedException, ExecutionException {
        Optional<String> name = admin.listTopics().names().get().stream()
                .filter(topic -> topic.endsWith("-data"))
                .findFirst();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        TopicDescription topic = admin.describeTopics(List.of(name.get()))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next();
        return Optional.of(new DataTopic(admin, topic));
    }

    /** Records that can be read, and among them one for the end of each transaction. */
    long committed() throws InterruptedException, ExecutionException {
        return admin
                .listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .values()
                .stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }
}
