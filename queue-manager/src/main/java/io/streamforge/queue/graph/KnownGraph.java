package io.streamforge.queue.graph;

import java.util.Map;

/**
 * A graph that a workflow writes.
 *
 * @param name the sink's option {@code graph}, otherwise the workflow's name
 * @param connector of the sink
 * @param options of the sink, references unresolved
 */
public record KnownGraph(String name, String workflow, String connector, Map<String, Object> options) {

    public KnownGraph {
        options = Map.copyOf(options);
    }
}
