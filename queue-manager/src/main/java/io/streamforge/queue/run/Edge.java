package io.streamforge.queue.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A topic, those who write to it, and those who read it.
 *
 * @param from the vertices that write to the topic
 * @param to the vertices that read it
 * @param keySchemaId null when rows have no key
 * @param endOffsets next offset per partition, read after the last producer was done; null before
 */
public record Edge(
        String name,
        List<String> from,
        List<String> to,
        String topic,
        int partitions,
        @Nullable Integer keySchemaId,
        int valueSchemaId,
        @Nullable Map<Integer, Long> endOffsets) {

    public Edge {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    public Edge withEndOffsets(Map<Integer, Long> offsets) {
        return new Edge(name, from, to, topic, partitions, keySchemaId, valueSchemaId, offsets);
    }
}
