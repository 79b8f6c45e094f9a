package io.streamforge.testing.arango;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /_api/gharial}: named graphs, without their own calls for vertices and edges. */
record GraphsApi(Database database) {

    private static final int DOCUMENTS = 2;
    private static final int EDGES = 3;
    private static final Set<String> MEMBERS =
            Set.of("name", "edgeDefinitions", "orphanCollections", "isSmart", "isDisjoint", "options");

    Reply handle(Request request) {
        request.allow("waitForSync");
        if (request.is("POST", 2)) {
            return create(request.json());
        }
        if (request.is("GET", 3)) {
            ObjectNode graph = database.graphs.get(request.segment(2));
            if (graph == null) {
                throw new ArangoFailure(ErrorCode.GRAPH_NOT_FOUND, request.segment(2));
            }
            return answer(200, graph);
        }
        throw request.unknown();
    }

    private Reply create(JsonNode definition) {
        definition.propertyNames().stream()
                .filter(name -> !MEMBERS.contains(name))
                .forEach(name -> {
                    throw new ArangoFailure(ErrorCode.NOT_IMPLEMENTED, "member '" + name + "'");
                });
        String name = definition.path("name").asString("");
        if (name.isEmpty()) {
            throw new ArangoFailure(ErrorCode.BAD_PARAMETER, "a graph has a name");
        }
        if (database.graphs.containsKey(name)) {
            throw new ArangoFailure(ErrorCode.GRAPH_DUPLICATE, name);
        }
        for (JsonNode edges : definition.path("edgeDefinitions")) {
            database.require(edges.path("collection").asString(""), EDGES);
            edges.path("from").forEach(end -> database.require(end.asString(), DOCUMENTS));
            edges.path("to").forEach(end -> database.require(end.asString(), DOCUMENTS));
        }
        ObjectNode graph = Reply.object()
                .put("_key", name)
                .put("_id", "_graphs/" + name)
                .put("_rev", "_g" + name)
                .put("name", name);
        graph.set("edgeDefinitions", definition.path("edgeDefinitions").deepCopy());
        ArrayNode orphans = graph.putArray("orphanCollections");
        definition.path("orphanCollections").forEach(orphans::add);
        database.graphs.put(name, graph);
        return answer(202, graph);
    }

    private static Reply answer(int status, ObjectNode graph) {
        ObjectNode body = Reply.object();
        body.set("graph", graph);
        return Reply.done(status, body);
    }
}
