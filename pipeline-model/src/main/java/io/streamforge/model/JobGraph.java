package io.streamforge.model;

import io.streamforge.messages.Task;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow compiles to: workers, and topics between them. A vertex reads one topic at most and writes one at most.
 *
 * @param vertices in the order of the data
 * @param from where a run begins unless it is told otherwise
 * @param estimatedRows when the source has an idea
 * @param evolving whether the rows may get other columns while a run goes on
 * @param joining whether rows of tables that appear while a run goes on may join them
 */
public record JobGraph(
        List<Vertex> vertices,
        List<Edge> edges,
        Task.From from,
        OptionalLong estimatedRows,
        boolean evolving,
        boolean joining) {

    public JobGraph {
        vertices = List.copyOf(vertices);
        edges = List.copyOf(edges);
    }

    /**
     * What one or more like workers do.
     *
     * @param name {@code source}, {@code sink}, {@code sink-2}, of a stage {@code graph}, {@code graph2}; unique in the graph
     * @param path where it stands in the document
     * @param worker module that hosts it
     * @param connector of a source or sink its connector, of a stage its kind
     * @param operators chained into it
     * @param schema of a source's rows before operators; otherwise null
     * @param parts what each of its workers does, at least one
     */
    public record Vertex(
            String name,
            String path,
            Task.Role role,
            String worker,
            String connector,
            Map<String, Object> options,
            List<Map<String, Object>> operators,
            @Nullable RowSchema schema,
            List<Part> parts) {

        public Vertex {
            operators = List.copyOf(operators);
            parts = List.copyOf(parts);
        }
    }

    /**
     * A worker's share.
     *
     * @param name the vertex's name when it has one part, otherwise with {@code -0}, {@code -1}, … appended
     * @param splits a source's
     * @param partitions of its input topic, unless it is a source's
     * @param shared whether as many workers as there is work for share the part
     */
    public record Part(String name, List<Split> splits, List<Integer> partitions, boolean shared) {

        public Part {
            splits = List.copyOf(splits);
            partitions = List.copyOf(partitions);
        }

        /** A part of one worker. */
        public Part(String name, List<Split> splits, List<Integer> partitions) {
            this(name, splits, partitions, false);
        }
    }

    /**
     * A topic.
     *
     * @param name of the producing vertex
     * @param from name of the producing vertex
     * @param to names of the vertices that read it
     * @param schemas of the rows in it, more than one when tables share it; the key of each is the key of its records
     */
    public record Edge(String name, String from, List<String> to, int partitions, List<RowSchema> schemas) {

        public Edge {
            to = List.copyOf(to);
            schemas = List.copyOf(schemas);
        }

        /** Of the rows of one table. */
        public RowSchema schema() {
            return schemas.get(0);
        }
    }

    public Vertex vertex(String name) {
        return vertices.stream()
                .filter(vertex -> vertex.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
