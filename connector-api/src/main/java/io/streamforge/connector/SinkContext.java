package io.streamforge.connector;

import io.streamforge.record.RowSchema;
import java.util.List;

/**
 * Who writes what.
 *
 * @param workflow the workflow's name
 * @param queueId the run
 * @param vertex the sink's vertex
 * @param topic the topic the rows come from
 * @param partitions the partitions this writer is responsible for
 * @param schema of the rows; its key is the key of the records
 */
public record SinkContext(
        String workflow, String queueId, String vertex, String topic, List<Integer> partitions, RowSchema schema) {

    public SinkContext {
        partitions = List.copyOf(partitions);
    }
}
