package io.streamforge.connector;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A graph where it is stored, read in steps of bounded size; for one thread. */
public interface GraphStore extends AutoCloseable {

    /**
     * A vertex.
     *
     * @param id {@code label:name}
     * @param properties a JSON object
     * @param validFrom ISO-8601 in UTC, null when open
     * @param validTo ISO-8601 in UTC, null when open
     */
    record Vertex(
            String id,
            String label,
            String name,
            String properties,
            @Nullable String validFrom,
            @Nullable String validTo) {}

    /**
     * An edge.
     *
     * @param from id of the vertex it begins at
     * @param to id of the vertex it ends at
     * @param weight null when it has none
     * @param properties a JSON object
     * @param validFrom ISO-8601 in UTC, null when open
     * @param validTo ISO-8601 in UTC, null when open
     */
    record Edge(
            String id,
            String label,
            String from,
            String to,
            @Nullable Double weight,
            String properties,
            @Nullable String validFrom,
            @Nullable String validTo) {}

    /** Which edges of a vertex are meant. */
    enum Direction {
        /** Those that begin there. */
        OUT,
        /** Those that end there. */
        IN,
        ANY
    }

    /** The vertices of these ids that exist, in no order. */
    List<Vertex> vertices(Collection<String> ids) throws ConnectorException;

    /**
     * Edges of any of the vertices, each once, in ascending order of their ids.
     *
     * @param label of the edges; all when empty
     * @param limit the most edges to return
     */
    List<Edge> edges(Collection<String> vertices, Direction direction, Optional<String> label, int limit)
            throws ConnectorException;

    @Override
    void close();
}
