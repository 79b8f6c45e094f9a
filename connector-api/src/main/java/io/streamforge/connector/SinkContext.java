package io.streamforge.connector;

import io.streamforge.record.RowSchema;
import java.util.List;

/**
 * Who writes what.
 *
 * @param workflow the workflow's name
 * @param queueId the run
 * @param vertex this task of the sink
 * @param group the sink as a whole: the same for all of its tasks in this run
 * @param topic the topic the rows come from
 * @param partitions the partitions this writer is responsible for
 * @param topicPartitions how many partitions the topic has, which all tasks of the sink write together
 * @param schemas of the rows; the key of each is the key of its records; more than one when rows of several tables share the
 *     topic, in the order that {@link SinkBatch#table} counts them
 * @param before the schemas of the writer before this one, where rows have got others since; otherwise the same
 * @param evolving whether the target follows rows that have other columns than it
 */
public record SinkContext(
        String workflow,
        String queueId,
        String vertex,
        String group,
        String topic,
        List<Integer> partitions,
        int topicPartitions,
        List<RowSchema> schemas,
        List<RowSchema> before,
        boolean evolving) {

    public SinkContext {
        partitions = List.copyOf(partitions);
        schemas = List.copyOf(schemas);
        before = List.copyOf(before);
        if (schemas.isEmpty() || schemas.size() != before.size()) {
            throw new IllegalArgumentException("rows have a schema, before and after");
        }
    }

    /** Rows keep the schemas they have. */
    public SinkContext(
            String workflow,
            String queueId,
            String vertex,
            String group,
            String topic,
            List<Integer> partitions,
            int topicPartitions,
            List<RowSchema> schemas) {
        this(workflow, queueId, vertex, group, topic, partitions, topicPartitions, schemas, schemas, false);
    }

    /** A sink that has one task. */
    public SinkContext(
            String workflow,
            String queueId,
            String vertex,
            String topic,
            List<Integer> partitions,
            List<RowSchema> schemas) {
        this(workflow, queueId, vertex, vertex, topic, partitions, partitions.size(), schemas);
    }

    /** A sink that has one task, and rows of one table. */
    public SinkContext(
            String workflow, String queueId, String vertex, String topic, List<Integer> partitions, RowSchema schema) {
        this(workflow, queueId, vertex, topic, partitions, List.of(schema));
    }

    /** Of the rows of one table. */
    public RowSchema schema() {
        return schemas.get(0);
    }
}
