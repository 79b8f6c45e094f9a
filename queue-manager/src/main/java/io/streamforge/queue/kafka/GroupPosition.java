package io.streamforge.queue.kafka;

import io.streamforge.messages.SinkNote;
import java.util.Map;

/**
 * How far a consumer group is with a topic.
 *
 * @param next committed offset per partition; a partition that nobody has committed is absent
 * @param note what the group's members noted beside their offsets, added up
 * @param lag records that are not committed yet, over all partitions
 */
public record GroupPosition(Map<Integer, Long> next, SinkNote note, long lag) {

    public GroupPosition {
        next = Map.copyOf(next);
    }
}
