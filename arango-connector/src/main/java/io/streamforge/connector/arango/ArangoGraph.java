package io.streamforge.connector.arango;

import com.arangodb.ArangoDB;
import com.arangodb.ArangoDBException;
import com.arangodb.ArangoDBMultipleException;
import com.arangodb.ArangoDatabase;
import com.arangodb.util.RawJson;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.GraphStore;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The graph in two collections of a database. */
final class ArangoGraph implements GraphStore {

    private static final String BY_KEY = "FOR k IN @keys FOR v IN @@collection FILTER v._key == k RETURN v";

    private final ArangoDB client;
    private final ArangoDatabase database;
    private final Places places;

    private ArangoGraph(ArangoDB client, Settings settings) {
        this.client = client;
        database = client.db(settings.database());
        places = new Places(settings);
    }

    /** @throws ConnectorException {@code GRAPH-MISSING} when there is no such graph yet */
    static ArangoGraph open(Settings settings) throws ConnectorException {
        String name = settings.graph()
                .orElseThrow(() -> new ConnectorException(
                        "GRAPH-ONE-TABLE",
                        Category.FATAL,
                        "the sink writes a collection, a graph needs two",
                        "give the sink the option graph instead of collection"));
        ArangoGraph graph = new ArangoGraph(settings.connect(1), settings);
        try {
            graph.require(name);
            return graph;
        } catch (ConnectorException e) {
            graph.close();
            throw e;
        }
    }

    private void require(String name) throws ConnectorException {
        boolean there;
        try {
            there = database.exists() && database.graph(name).exists();
        } catch (ArangoDBException | ArangoDBMultipleException e) {
            throw ArangoErrors.explain("opening graph '" + name + "'", e);
        }
        if (!there) {
            throw new ConnectorException(
                    "GRAPH-MISSING",
                    Category.FATAL,
                    "there is no graph '" + name + "'",
                    "run the workflow that writes it");
        }
    }

    @Override
    public List<Vertex> vertices(Collection<String> ids) throws ConnectorException {
        List<Vertex> found = new ArrayList<>();
        query(
                BY_KEY,
                Map.of(
                        "@collection",
                        places.vertices(),
                        "keys",
                        ids.stream().map(DocumentKeys::ofText).toList()),
                document -> found.add(new Vertex(
                        text(document, "id"),
                        text(document, "label"),
                        text(document, "name"),
                        document.path("properties").toString(),
                        optional(document, "valid_from"),
                        optional(document, "valid_to"))));
        return found;
    }

    @Override
    public List<Edge> edges(Collection<String> vertices, Direction direction, Optional<String> label, int limit)
            throws ConnectorException {
        Map<String, Edge> found = new TreeMap<>();
        if (direction != Direction.IN) {
            edges("_from", vertices, label, limit, found);
        }
        if (direction != Direction.OUT) {
            edges("_to", vertices, label, limit, found);
        }
        return found.values().stream().limit(limit).toList();
    }

    /** Two queries, one for each end: the index of an edge collection knows ends one at a time. */
    private void edges(
            String end, Collection<String> vertices, Optional<String> label, int limit, Map<String, Edge> found)
            throws ConnectorException {
        Map<String, Object> binds = new HashMap<>();
        binds.put("@collection", places.edges());
        binds.put(
                "ends",
                vertices.stream()
                        .map(id -> places.vertices() + "/" + DocumentKeys.ofText(id))
                        .toList());
        binds.put("limit", limit);
        label.ifPresent(wanted -> binds.put("label", wanted));
        query(
                "FOR v IN @ends FOR e IN @@collection FILTER e." + end + " == v"
                        + (label.isPresent() ? " FILTER e.label == @label" : "")
                        + " SORT e.id LIMIT @limit RETURN e",
                binds,
                document -> {
                    Edge edge = edge(document);
                    found.put(edge.id(), edge);
                });
    }

    private static Edge edge(JsonNode document) {
        JsonNode weight = document.path("weight");
        return new Edge(
                text(document, "id"),
                text(document, "label"),
                text(document, EdgeEnds.FROM),
                text(document, EdgeEnds.TO),
                weight.isNumber() ? Double.valueOf(weight.doubleValue()) : null,
                document.path("properties").toString(),
                optional(document, "valid_from"),
                optional(document, "valid_to"));
    }

    @Override
    public void close() {
        client.shutdown();
    }

    private void query(String aql, Map<String, Object> binds, Consumer<JsonNode> taker) throws ConnectorException {
        try {
            database.query(aql, RawJson.class, binds)
                    .forEachRemaining(json -> taker.accept(Json.MAPPER.readTree(json.get())));
        } catch (ArangoDBException | ArangoDBMultipleException e) {
            throw ArangoErrors.explain("reading collection '" + places.edges() + "'", e);
        }
    }

    private static String text(JsonNode document, String attribute) {
        return document.path(attribute).asString("");
    }

    private static @Nullable String optional(JsonNode document, String attribute) {
        JsonNode value = document.path(attribute);
        return value.isString() ? value.stringValue() : null;
    }
}
