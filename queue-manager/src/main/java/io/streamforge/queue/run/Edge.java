package io.streamforge.queue.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A topic between a vertex and those that read it.
 *
 * @param keySchemaId null when rows have no key
 * @param endOffsets next offset per partition, read after the last producer was done; null before
 */
public record Edge(
        String name,
        String from,
        List<String> to,
        String topic,
        int partitions,
        @Nullable Integer keySchemaId,
        int valueSchemaId,
        @Nullable Map<Integer, Long> endOffsets) {

    public Edge {
        to = List.copyOf(to);
    }

    public Edge withEndOffsets(Map<Integer, Long> offsets) {
        return new Edge(name, from, to, topic, partitions, keySchemaId, valueSchemaId, offsets);
    }
}
