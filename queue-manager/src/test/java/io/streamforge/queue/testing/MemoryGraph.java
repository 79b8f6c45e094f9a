package io.streamforge.queue.testing;

import io.streamforge.connector.GraphStore;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A graph of edges written as {@code label:from>to}, whose vertices all have the label {@code n}. */
public record MemoryGraph(List<Edge> all) implements GraphStore {

    public static MemoryGraph of(String... edges) {
        return new MemoryGraph(List.of(edges).stream().map(MemoryGraph::edge).toList());
    }

    private static Edge edge(String text) {
        String[] parts = text.split("[:>]");
        return new Edge(text, parts[0], "n:" + parts[1], "n:" + parts[2], 0.5, "{}", null, null);
    }

    @Override
    public List<Vertex> vertices(Collection<String> ids) {
        return ids.stream()
                .filter(id -> all.stream()
                        .anyMatch(edge -> edge.from().equals(id) || edge.to().equals(id)))
                .map(id -> new Vertex(id, "n", id.substring(2), "{\"rank\":1}", "2024-08-01T00:00:00Z", null))
                .toList();
    }

    @Override
    public List<Edge> edges(Collection<String> vertices, Direction direction, Optional<String> label, int limit) {
        return all.stream()
                .filter(edge -> (direction != Direction.IN && vertices.contains(edge.from()))
                        || (direction != Direction.OUT && vertices.contains(edge.to())))
                .filter(edge -> label.isEmpty() || label.get().equals(edge.label()))
                .sorted(Comparator.comparing(Edge::id))
                .limit(limit)
                .toList();
    }

    @Override
    public void close() {}
}
