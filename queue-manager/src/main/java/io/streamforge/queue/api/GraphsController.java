package io.streamforge.queue.api;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.GraphStore;
import io.streamforge.connector.GraphStore.Edge;
import io.streamforge.connector.GraphStore.Vertex;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Json;
import io.streamforge.queue.graph.GraphStores;
import io.streamforge.queue.graph.Graphs;
import io.streamforge.queue.graph.KnownGraph;
import io.streamforge.queue.graph.Question;
import io.streamforge.queue.graph.Walk;
import io.streamforge.queue.workflow.RefusedException;
import io.streamforge.queue.workflow.RefusedException.Reason;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/graphs}: questions about the graphs that workflows write, answered by the systems they are stored in. */
@RestController
@RequestMapping(path = "/api/v1/graphs", produces = MediaType.APPLICATION_JSON_VALUE)
class GraphsController {

    private static final String DEPTH_OF_PATHS = "6";

    private final Graphs graphs;
    private final GraphStores stores;
    private final BoundedCalls calls;

    GraphsController(Graphs graphs, GraphStores stores, BoundedCalls calls) {
        this.graphs = graphs;
        this.stores = stores;
        this.calls = calls;
    }

    /** A graph, the workflow that writes it, and the connector it is asked through. */
    record GraphView(String name, String workflow, String connector) {}

    /** @param depth edges away from the vertex asked about; absent where there is none */
    record VertexView(
            String id,
            String label,
            String name,
            JsonNode properties,
            @Nullable String validFrom,
            @Nullable String validTo,
            @Nullable Integer depth) {

        static VertexView of(Vertex vertex, @Nullable Integer depth) {
            return new VertexView(
                    vertex.id(),
                    vertex.label(),
                    vertex.name(),
                    json(vertex.properties()),
                    vertex.validFrom(),
                    vertex.validTo(),
                    depth);
        }
    }

    record EdgeView(
            String id,
            String label,
            String from,
            String to,
            @Nullable Double weight,
            JsonNode properties,
            @Nullable String validFrom,
            @Nullable String validTo) {

        static EdgeView of(Edge edge) {
            return new EdgeView(
                    edge.id(),
                    edge.label(),
                    edge.from(),
                    edge.to(),
                    edge.weight(),
                    json(edge.properties()),
                    edge.validFrom(),
                    edge.validTo());
        }
    }

    /** @param truncated whether there is more than the limits allow */
    record NeighbourhoodView(List<VertexView> vertices, List<EdgeView> edges, boolean truncated) {}

    /** @param length edges of the path */
    record PathView(int length, List<VertexView> vertices, List<EdgeView> edges) {}

    @GetMapping
    ListView<GraphView> list() {
        return ListView.of(graphs.all().stream()
                .map(graph -> new GraphView(graph.name(), graph.workflow(), graph.connector()))
                .toList());
    }

    @GetMapping("/{name}/vertices/{id}")
    VertexView vertex(@PathVariable String name, @PathVariable String id) {
        return ask(name, graph -> VertexView.of(require(graph, id), null));
    }

    /** Vertices that are at most {@code depth} edges away, nearest first. */
    @GetMapping("/{name}/vertices/{id}/neighbours")
    NeighbourhoodView neighbours(
            @PathVariable String name,
            @PathVariable String id,
            @RequestParam(defaultValue = "1") int depth,
            @RequestParam(required = false) @Nullable String label,
            @RequestParam(defaultValue = "any") String direction,
            @RequestParam(defaultValue = "100") int limit) {
        Question question = question(depth, label, direction, limit);
        return ask(name, graph -> {
            require(graph, id);
            Walk.Neighbourhood found = new Walk(graph, question).neighbours(id);
            return new NeighbourhoodView(
                    found.vertices().stream()
                            .map(reached -> VertexView.of(reached.vertex(), reached.depth()))
                            .toList(),
                    found.edges().stream().map(EdgeView::of).toList(),
                    found.truncated());
        });
    }

    /** A shortest path between two vertices, by number of edges. */
    @GetMapping("/{name}/path")
    PathView path(
            @PathVariable String name,
            @RequestParam String from,
            @RequestParam String to,
            @RequestParam(defaultValue = DEPTH_OF_PATHS) int depth,
            @RequestParam(required = false) @Nullable String label,
            @RequestParam(defaultValue = "any") String direction) {
        Question question = question(depth, label, direction, Question.MAX_VERTICES);
        return ask(name, graph -> {
            require(graph, from);
            require(graph, to);
            Walk.Path path = new Walk(graph, question)
                    .path(from, to)
                    .orElseThrow(() -> new RefusedException(
                            Reason.NOT_FOUND,
                            "GRAPH-NO-PATH",
                            "there is no path of at most " + depth + " edges between the two"));
            return new PathView(
                    path.edges().size(),
                    path.vertices().stream()
                            .map(vertex -> VertexView.of(vertex, null))
                            .toList(),
                    path.edges().stream().map(EdgeView::of).toList());
        });
    }

    private static Question question(int depth, @Nullable String label, String direction, int limit) {
        return Queries.checked(
                () -> new Question(depth, Optional.ofNullable(label), Question.direction(direction), limit));
    }

    private static Vertex require(GraphStore graph, String id) throws ConnectorException {
        return graph.vertices(List.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        Reason.NOT_FOUND,
                        "VERTEX-UNKNOWN",
                        "there is no vertex of this id; an id is a label, a colon and a name: symbol:BTCUSDT"));
    }

    /** Something that is asked of a graph. */
    private interface Asking<T> {
        T of(GraphStore graph) throws ConnectorException;
    }

    private <T> T ask(String name, Asking<T> asking) {
        KnownGraph known = graphs.require(name);
        return calls.call(() -> {
            try (GraphStore graph = stores.open(known.connector(), known.options())) {
                return asking.of(graph);
            } catch (ConnectorException e) {
                throw refused(e.error());
            }
        });
    }

    private static RefusedException refused(ErrorInfo error) {
        boolean passing = error.category() == Category.TRANSIENT || error.category() == Category.CONNECTION;
        boolean missing = error.code().equals("GRAPH-MISSING");
        String suggestion = error.suggestion();
        return new RefusedException(
                missing ? Reason.NOT_FOUND : passing ? Reason.UNAVAILABLE : Reason.INVALID,
                error.code(),
                suggestion == null ? error.message() : error.message() + "; " + suggestion);
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            return Json.MAPPER.getNodeFactory().stringNode(text);
        }
    }
}
