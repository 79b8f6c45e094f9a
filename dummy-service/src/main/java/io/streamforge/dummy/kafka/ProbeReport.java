package io.streamforge.dummy.kafka;

import java.util.List;

/**
 * What a probe found.
 *
 * @param nodes brokers that are there
 * @param topics all but Kafka's own, by name
 * @param groups consumer groups that have committed something, by name
 */
public record ProbeReport(int nodes, List<TopicState> topics, RoundTrip roundTrip, List<GroupLag> groups) {

    public ProbeReport {
        topics = List.copyOf(topics);
        groups = List.copyOf(groups);
    }

    /**
     * @param unavailable partitions without a leader
     * @param underReplicated partitions with fewer replicas in sync than there should be
     */
    public record TopicState(String name, int partitions, long unavailable, long underReplicated) {}

    /**
     * A record that was written and read again.
     *
     * @param produceMillis until all replicas had it
     * @param consumeMillis from then until it was read
     */
    public record RoundTrip(String topic, double produceMillis, double consumeMillis) {}

    /** @param lag records of all its topics behind their ends */
    public record GroupLag(String group, long lag) {}
}
