package io.streamforge.queue.graph;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.GraphStore;
import io.streamforge.connector.GraphStore.Direction;
import io.streamforge.connector.GraphStore.Edge;
import io.streamforge.connector.GraphStore.Vertex;
import io.streamforge.messages.ErrorInfo.Category;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks through a graph, breadth first, asking for the edges of all vertices of a frontier at once. */
public final class Walk {

    /** Edges that one question may look at. */
    static final int MAX_EDGES = 20_000;

    private final GraphStore graph;
    private final Question question;
    private int looked;
    private boolean truncated;

    /** A vertex and how many edges it is away. */
    public record Reached(Vertex vertex, int depth) {}

    /**
     * What is around a vertex.
     *
     * @param vertices nearest first, without the one asked about
     * @param edges that were followed, or lie between the vertices that were found
     * @param truncated whether there are more than the limits allow
     */
    public record Neighbourhood(List<Reached> vertices, List<Edge> edges, boolean truncated) {}

    /** A shortest path: vertices in order, and the edge between each and the next. */
    public record Path(List<Vertex> vertices, List<Edge> edges) {}

    public Walk(GraphStore graph, Question question) {
        this.graph = graph;
        this.question = question;
    }

    /** What can be reached from a vertex within the question's depth. */
    public Neighbourhood neighbours(String start) throws ConnectorException {
        Map<String, Integer> depths = new LinkedHashMap<>(Map.of(start, 0));
        Map<String, Edge> edges = new LinkedHashMap<>();
        List<String> frontier = List.of(start);
        for (int depth = 1; depth <= question.depth() && !frontier.isEmpty(); depth++) {
            List<String> next = new ArrayList<>();
            for (Edge edge : edges(frontier)) {
                for (String end : ends(edge, depths)) {
                    if (!depths.containsKey(end) && depths.size() > question.limit()) {
                        truncated = true;
                    } else if (depths.putIfAbsent(end, depth) == null) {
                        next.add(end);
                    }
                }
                edges.put(edge.id(), edge);
            }
            frontier = next;
        }
        edges.values().removeIf(edge -> !depths.containsKey(edge.from()) || !depths.containsKey(edge.to()));
        return new Neighbourhood(reached(depths, start), List.copyOf(edges.values()), truncated);
    }

    /**
     * A shortest path; of several, the one whose edges come first by id.
     *
     * @return empty when there is none of at most the question's depth
     * @throws ConnectorException {@code GRAPH-TOO-LARGE} when the question's bounds end the search before that is known
     */
    public Optional<Path> path(String start, String goal) throws ConnectorException {
        Map<String, @Nullable Edge> arrivals = new HashMap<>();
        arrivals.put(start, null);
        List<String> frontier = List.of(start);
        for (int depth = 1; depth <= question.depth() && !frontier.isEmpty() && !arrivals.containsKey(goal); depth++) {
            List<String> next = new ArrayList<>();
            for (Edge edge : edges(frontier)) {
                for (String end : ends(edge, arrivals)) {
                    if (!arrivals.containsKey(end)) {
                        arrivals.put(end, edge);
                        next.add(end);
                    }
                }
            }
            frontier = next;
        }
        if (arrivals.containsKey(goal)) {
            return Optional.of(trace(start, goal, arrivals));
        }
        if (truncated) {
            throw new ConnectorException(
                    "GRAPH-TOO-LARGE",
                    Category.FATAL,
                    "no path was found among the first " + MAX_EDGES + " edges",
                    "name the label of the edges, or a smaller depth");
        }
        return Optional.empty();
    }

    private List<Edge> edges(Collection<String> frontier) throws ConnectorException {
        if (Thread.interrupted()) {
            throw new ConnectorException(
                    "GRAPH-INTERRUPTED", Category.TRANSIENT, "the question took too long", "ask for a smaller depth");
        }
        int left = MAX_EDGES - looked;
        if (left <= 0) {
            truncated = true;
            return List.of();
        }
        List<Edge> found = graph.edges(frontier, question.direction(), question.label(), left);
        looked += found.size();
        truncated |= found.size() == left;
        return found;
    }

    /** Where an edge leads to from vertices that are known: one end, or both when it may be followed either way. */
    private List<String> ends(Edge edge, Map<String, ?> known) {
        List<String> ends = new ArrayList<>();
        if (question.direction() != Direction.IN && known.containsKey(edge.from())) {
            ends.add(edge.to());
        }
        if (question.direction() != Direction.OUT && known.containsKey(edge.to())) {
            ends.add(edge.from());
        }
        return ends;
    }

    private Path trace(String start, String goal, Map<String, @Nullable Edge> arrivals) throws ConnectorException {
        Deque<String> ids = new ArrayDeque<>(List.of(goal));
        Deque<Edge> edges = new ArrayDeque<>();
        Edge arrival = arrivals.get(goal);
        while (!ids.getFirst().equals(start) && arrival != null) {
            edges.addFirst(arrival);
            String before = arrival.to().equals(ids.getFirst()) ? arrival.from() : arrival.to();
            ids.addFirst(before);
            arrival = arrivals.get(before);
        }
        Map<String, Vertex> found = byId(ids);
        return new Path(ids.stream().map(id -> vertex(id, found)).toList(), List.copyOf(edges));
    }

    private List<Reached> reached(Map<String, Integer> depths, String start) throws ConnectorException {
        List<String> ids =
                depths.keySet().stream().filter(id -> !id.equals(start)).toList();
        Map<String, Vertex> found = byId(ids);
        List<Reached> reached = new ArrayList<>();
        for (String id : ids) {
            reached.add(new Reached(vertex(id, found), depths.getOrDefault(id, 0)));
        }
        return reached;
    }

    private Map<String, Vertex> byId(Collection<String> ids) throws ConnectorException {
        Map<String, Vertex> found = new HashMap<>();
        graph.vertices(ids).forEach(vertex -> found.put(vertex.id(), vertex));
        return found;
    }

    /** An edge may be there before its vertex: all that is known of it then is what its id says. */
    private static Vertex vertex(String id, Map<String, Vertex> found) {
        Vertex known = found.get(id);
        int colon = id.indexOf(':');
        return known != null
                ? known
                : new Vertex(id, id.substring(0, Math.max(0, colon)), id.substring(colon + 1), "{}", null, null);
    }
}
