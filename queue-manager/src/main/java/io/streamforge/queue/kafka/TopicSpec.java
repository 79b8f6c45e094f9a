package io.streamforge.queue.kafka;

import io.streamforge.messages.Topics;
import java.util.Map;

/** A topic to be made. */
public record TopicSpec(String name, int partitions, Map<String, String> settings) {

    private static final String CLEANUP = "cleanup.policy";
    private static final String RETENTION = "retention.ms";
    private static final String WEEK = Long.toString(7L * 24 * 60 * 60 * 1000);
    private static final int CONTROL_PARTITIONS = 8;

    /** Rows of an edge; nothing goes before the run is over. */
    public static TopicSpec data(String name, int partitions) {
        return new TopicSpec(name, partitions, Map.of(CLEANUP, "delete", RETENTION, "-1"));
    }

    public static TopicSpec positions(String workflow) {
        return compacted(Topics.positions(workflow), 1);
    }

    public static TopicSpec control() {
        return compacted(Topics.CONTROL, CONTROL_PARTITIONS);
    }

    public static TopicSpec events() {
        return new TopicSpec(Topics.EVENTS, CONTROL_PARTITIONS, Map.of(CLEANUP, "delete", RETENTION, WEEK));
    }

    public static TopicSpec schemas() {
        return compacted(Topics.SCHEMAS, 1);
    }

    private static TopicSpec compacted(String name, int partitions) {
        return new TopicSpec(name, partitions, Map.of(CLEANUP, "compact"));
    }
}
