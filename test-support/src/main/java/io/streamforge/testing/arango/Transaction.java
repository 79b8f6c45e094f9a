package io.streamforge.testing.arango;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request, a query or a stream transaction has changed and not committed. Others do not see it; a key that somebody else
 * has written since the transaction began, or is writing, is a write-write conflict.
 */
final class Transaction {

    private final Database database;
    private final long began;
    private final @Nullable Set<String> writable;
    private final Map<Collection, Map<String, Optional<ObjectNode>>> changes = new HashMap<>();
    String status = "running";

    /** For a single request. */
    Transaction(Database database) {
        this(database, null);
    }

    /** @param writable names of the collections that may be written, null for all */
    Transaction(Database database, @Nullable Set<String> writable) {
        this.database = database;
        this.writable = writable;
        began = database.commits();
    }

    Database database() {
        return database;
    }

    boolean implicit() {
        return writable == null;
    }

    @Nullable ObjectNode get(Collection collection, String key) {
        Optional<ObjectNode> mine = changed(collection).get(key);
        return mine == null ? collection.documents.get(key) : mine.orElse(null);
    }

    List<ObjectNode> all(Collection collection) {
        Map<String, Optional<ObjectNode>> mine = changed(collection);
        if (mine.isEmpty()) {
            return List.copyOf(collection.documents.values());
        }
        Map<String, ObjectNode> merged = new LinkedHashMap<>(collection.documents);
        mine.forEach((key, document) ->
                document.ifPresentOrElse(present -> merged.put(key, present), () -> merged.remove(key)));
        return List.copyOf(merged.values());
    }

    void put(Collection collection, ObjectNode document) {
        String key = document.path("_key").asString();
        lock(collection, key);
        for (Index index : collection.uniqueIndexes()) {
            index.values(document).ifPresent(values -> requireFree(collection, index, values, key));
        }
        changes.computeIfAbsent(collection, any -> new LinkedHashMap<>()).put(key, Optional.of(document));
    }

    void remove(Collection collection, String key) {
        lock(collection, key);
        changes.computeIfAbsent(collection, any -> new LinkedHashMap<>()).put(key, Optional.empty());
    }

    void commit() {
        long number = database.nextCommit();
        changes.forEach((collection, documents) ->
                documents.forEach((key, document) -> collection.commit(key, document.orElse(null), number)));
        end("committed");
    }

    void abort() {
        end("aborted");
    }

    private void end(String how) {
        status = how;
        changes.clear();
        for (Collection collection : database.collections.values()) {
            collection.locks.values().removeIf(holder -> holder == this);
            if (collection.exclusive == this) {
                collection.exclusive = null;
            }
        }
    }

    private void lock(Collection collection, String key) {
        if (writable != null && !writable.contains(collection.name)) {
            throw new ArangoFailure(ErrorCode.TRANSACTION_UNREGISTERED, collection.name);
        }
        if (collection.exclusive != null && collection.exclusive != this) {
            throw new ArangoFailure(ErrorCode.LOCK_TIMEOUT, collection.name);
        }
        Transaction holder = collection.locks.putIfAbsent(key, this);
        boolean held = holder != null && holder != this;
        if (held || collection.changedAt.getOrDefault(key, 0L) > began) {
            throw new ArangoFailure(
                    ErrorCode.CONFLICT, "in index primary of type primary over '_key'; conflicting key: " + key);
        }
    }

    private void requireFree(Collection collection, Index index, List<JsonNode> values, String key) {
        List<String> holders = new ArrayList<>();
        index.holder(values)
                .filter(holder -> !changed(collection).containsKey(holder))
                .ifPresent(holders::add);
        changed(collection)
                .forEach((other, document) ->
                        document.flatMap(index::values).filter(values::equals).ifPresent(same -> holders.add(other)));
        holders.remove(key);
        if (!holders.isEmpty()) {
            throw new ArangoFailure(
                    ErrorCode.UNIQUE_CONSTRAINT,
                    "in index %s of type %s over '%s'; conflicting key: %s"
                            .formatted(index.name, index.type, String.join(", ", index.fields), holders.get(0)));
        }
    }

    private Map<String, Optional<ObjectNode>> changed(Collection collection) {
        return changes.getOrDefault(collection, Map.of());
    }
}
