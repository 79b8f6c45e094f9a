package io.streamforge.queue.kafka;

import org.jspecify.annotations.Nullable;

/**
 * A row to be written to a data topic.
 *
 * @param table named by the record where rows of several tables share the topic; null otherwise
 */
public record DataRecord(
        byte @Nullable [] key,
        byte @Nullable [] value,
        @Nullable String table) {}
