package io.streamforge.testing.arango;

import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /_api/collection} and {@code /_api/index}. */
record CollectionsApi(Database database) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_\\-]{0,255}");
    private static final AtomicLong IDS = new AtomicLong(10_000);

    Reply collections(Request request) {
        request.allow("excludeSystem", "waitForSyncReplication", "enforceReplicationFactor", "isSystem");
        if (request.is("GET", 2)) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            database.collections.values().forEach(collection -> all.add(collection.json()));
            return Reply.result(200, all);
        }
        if (request.is("POST", 2)) {
            return create(request.json());
        }
        Collection collection = database.collection(request.segment(2));
        if (request.is("GET", 3)) {
            return Reply.done(200, collection.json());
        }
        if (request.is("DELETE", 3)) {
            database.collections.remove(collection.name);
            return Reply.done(200, Reply.object().put("id", String.valueOf(collection.id)));
        }
        if (request.is("GET", 4)) {
            return details(request, collection);
        }
        if (request.is("PUT", 4) && request.segment(3).equals("truncate")) {
            Transaction transaction = database.transaction(request);
            transaction
                    .all(collection)
                    .forEach(document ->
                            transaction.remove(collection, document.path("_key").asString()));
            if (transaction.implicit()) {
                transaction.commit();
            }
            return Reply.done(200, collection.json());
        }
        throw request.unknown();
    }

    Reply indexes(Request request) {
        request.allow("collection", "withStats", "withHidden");
        if (request.is("GET", 2)) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            database.collection(request.parameter("collection", "")).indexes.forEach(index -> all.add(index.json()));
            ObjectNode body = Reply.object();
            body.set("indexes", all);
            return Reply.done(200, body);
        }
        if (request.is("POST", 2)) {
            return ensureIndex(database.collection(request.parameter("collection", "")), request.json());
        }
        throw request.unknown();
    }

    private Reply create(JsonNode definition) {
        String name = definition.path("name").asString("");
        if (!NAME.matcher(name).matches()) {
            throw new ArangoFailure(ErrorCode.ILLEGAL_NAME, name);
        }
        if (database.collections.containsKey(name)) {
            throw new ArangoFailure(ErrorCode.DUPLICATE_NAME, name);
        }
        Collection collection = new Collection(
                name,
                IDS.incrementAndGet(),
                definition.path("type").asInt(2),
                definition.path("waitForSync").asBoolean(false),
                new SchemaRule(definition.path("schema")));
        database.collections.put(name, collection);
        return Reply.done(200, collection.json().put("waitForSync", collection.waitForSync));
    }

    private Reply details(Request request, Collection collection) {
        ObjectNode body = collection.json().put("waitForSync", collection.waitForSync);
        body.putObject("keyOptions")
                .put("type", "traditional")
                .put("allowUserKeys", true)
                .put("lastValue", 0);
        switch (request.segment(3)) {
            case "count" ->
                body.put("count", database.transaction(request).all(collection).size());
            case "properties" -> body.put("cacheEnabled", false);
            default -> throw request.unknown();
        }
        return Reply.done(200, body);
    }

    private static Reply ensureIndex(Collection collection, JsonNode definition) {
        String type = definition.path("type").asString("");
        if (!type.equals("persistent")) {
            throw new ArangoFailure(ErrorCode.NOT_IMPLEMENTED, "index type '" + type + "'");
        }
        String id = String.valueOf(IDS.incrementAndGet());
        Index wanted = new Index(
                collection.name,
                id,
                definition.path("name").asString("idx_" + id),
                type,
                definition.path("fields").valueStream().map(JsonNode::asString).toList(),
                definition.path("unique").asBoolean(false),
                definition.path("sparse").asBoolean(false));
        for (Index existing : collection.indexes) {
            if (existing.sameAs(wanted)) {
                return Reply.done(200, existing.json().put("isNewlyCreated", false));
            }
        }
        if (wanted.unique) {
            fill(collection, wanted);
        }
        collection.indexes.add(wanted);
        return Reply.done(201, wanted.json().put("isNewlyCreated", true));
    }

    private static void fill(Collection collection, Index index) {
        for (ObjectNode document : collection.documents.values()) {
            if (index.values(document).flatMap(index::holder).isPresent()) {
                throw new ArangoFailure(ErrorCode.UNIQUE_CONSTRAINT);
            }
            index.add(document);
        }
    }
}
