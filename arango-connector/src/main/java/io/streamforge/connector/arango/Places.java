package io.streamforge.connector.arango;

import com.arangodb.ArangoCollection;
import com.arangodb.ArangoDBException;
import com.arangodb.ArangoDatabase;
import com.arangodb.entity.CollectionType;
import com.arangodb.entity.EdgeDefinition;
import com.arangodb.model.CollectionCreateOptions;
import com.arangodb.model.PersistentIndexOptions;
import io.streamforge.connector.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What rows are written to: a collection, or a named graph with its two collections. */
record Places(Settings settings) {

    static final String VERTICES = "vertices";
    static final String EDGES = "edges";

    private static final Set<Integer> THERE_ALREADY = Set.of(ArangoErrors.DUPLICATE_NAME, ArangoErrors.DUPLICATE_GRAPH);

    /** The collection of a graph's vertices. */
    String vertices() {
        return settings.collection() + "_" + VERTICES;
    }

    /** The collection of a graph's edges. */
    String edges() {
        return settings.collection() + "_" + EDGES;
    }

    /** What is not there or is something else, unless it will be created. */
    List<Problem> missing(ArangoDatabase database) {
        if (!database.exists()) {
            return missing("database", settings.database());
        }
        List<Problem> problems = new ArrayList<>();
        collections().forEach((name, type) -> problems.addAll(missing(database.collection(name), type)));
        settings.graph()
                .filter(name -> !database.graph(name).exists())
                .ifPresent(name -> problems.addAll(missing("graph", name)));
        if (problems.isEmpty() && !database.collection(Versions.COLLECTION).exists()) {
            problems.addAll(missing("collection", Versions.COLLECTION));
        }
        return problems;
    }

    /** Creates what is not there; somebody else may do so at the same moment. */
    void create(ArangoDatabase database) {
        if (!database.exists()) {
            unlessThere(database::create);
        }
        Map<String, CollectionType> wanted = new LinkedHashMap<>(collections());
        wanted.put(Versions.COLLECTION, CollectionType.DOCUMENT);
        wanted.forEach((name, type) -> {
            if (!database.collection(name).exists()) {
                unlessThere(() -> database.createCollection(name, new CollectionCreateOptions().type(type)));
            }
        });
        settings.graph().ifPresent(graph -> createGraph(database, graph));
    }

    private void createGraph(ArangoDatabase database, String graph) {
        if (!database.graph(graph).exists()) {
            EdgeDefinition edges =
                    new EdgeDefinition().collection(edges()).from(vertices()).to(vertices());
            unlessThere(() -> database.createGraph(graph, List.of(edges)));
        }
        for (String name : collections().keySet()) {
            database.collection(name).ensurePersistentIndex(List.of("label"), new PersistentIndexOptions());
        }
    }

    private Map<String, CollectionType> collections() {
        Map<String, CollectionType> collections = new LinkedHashMap<>();
        if (settings.graph().isPresent()) {
            collections.put(vertices(), CollectionType.DOCUMENT);
            collections.put(edges(), CollectionType.EDGES);
        } else {
            collections.put(settings.collection(), CollectionType.DOCUMENT);
        }
        return collections;
    }

    private List<Problem> missing(ArangoCollection collection, CollectionType wanted) {
        if (!collection.exists()) {
            return missing("collection", collection.name());
        }
        CollectionType type = collection.getInfo().getType();
        if (type == wanted) {
            return List.of();
        }
        return List.of(
                type == CollectionType.EDGES
                        ? new Problem(
                                "ARANGODB-EDGES",
                                "collection",
                                "'" + collection.name() + "' is an edge collection",
                                "use a document collection")
                        : new Problem(
                                "ARANGODB-NO-EDGES",
                                "graph",
                                "'" + collection.name() + "' is not an edge collection",
                                "give the graph another name"));
    }

    private List<Problem> missing(String option, String name) {
        return settings.createCollection()
                ? List.of()
                : List.of(new Problem(
                        "ARANGODB-NOT-FOUND",
                        option,
                        "'" + name + "' does not exist",
                        "create it, or set create_collection to true"));
    }

    private static void unlessThere(Runnable creation) {
        try {
            creation.run();
        } catch (ArangoDBException e) {
            if (e.getErrorNum() == null || !THERE_ALREADY.contains(e.getErrorNum())) {
                throw e;
            }
        }
    }
}
