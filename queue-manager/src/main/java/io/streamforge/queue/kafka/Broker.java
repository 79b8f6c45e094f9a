package io.streamforge.queue.kafka;

import io.streamforge.messages.Command;
import io.streamforge.messages.DeadLetter;
import io.streamforge.queue.store.RegisteredSchema;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What the reconciler asks of the broker. Every call blocks until the broker has done it, is idempotent, and throws {@link
 * BrokerException} when the broker cannot be reached in time.
 */
public interface Broker extends AutoCloseable {

    /**
     * Writes a command; partitioned by queue id alone.
     *
     * @return where it stands: {@code queue-control/3/1042}
     */
    String write(Command command);

    /** Writes tombstones for these keys of a run. */
    void erase(String queueId, List<String> keys);

    void publish(RegisteredSchema schema);

    /** Makes the topics that do not exist. */
    void ensure(Collection<TopicSpec> topics);

    /** Removes topics; those that do not exist count as removed. */
    void delete(Collection<String> topics);

    /** Removes consumer groups; those that do not exist count as removed. */
    void deleteGroups(Collection<String> groups);

    /**
     * The next offset of each partition, once no transaction is open in the topic: a commit's markers are written after it was
     * acknowledged, and count as offsets.
     */
    Map<Integer, Long> endOffsets(String topic);

    /** How far a consumer group is with a topic. */
    GroupPosition position(String group, String topic);

    /** Ends the open transactions of these ids and refuses their producers from now on. */
    void fence(Collection<String> transactionalIds);

    /** Puts records into the first partition of a topic, all of them or none; does nothing when the topic has records. */
    void fill(String topic, List<DataRecord> records);

    /** The dead letters of a run, each once, in the order they were written, the oldest ten thousand at most. */
    List<DeadLetter> deadLetters(String queueId);

    /** Returns normally when the broker answers. */
    void ping();

    @Override
    void close();
}
