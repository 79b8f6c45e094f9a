package io.streamforge.testing.arango;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A collection as it is committed; changed by {@link Transaction}s only. */
final class Collection {

    final String name;
    final long id;
    final int type;
    final boolean waitForSync;
    final SchemaRule schema;
    final List<Index> indexes = new ArrayList<>();
    final Map<String, ObjectNode> documents = new LinkedHashMap<>();
    /** Commit number of the last change of a key, also of a removal. */
    final Map<String, Long> changedAt = new HashMap<>();
    /** Keys that a running transaction has written. */
    final Map<String, Transaction> locks = new HashMap<>();

    @Nullable Transaction exclusive;

    Collection(String name, long id, int type, boolean waitForSync, SchemaRule schema) {
        this.name = name;
        this.id = id;
        this.type = type;
        this.waitForSync = waitForSync;
        this.schema = schema;
        indexes.add(new Index(name, "0", "primary", "primary", List.of("_key"), true, false));
    }

    /** Unique indexes beside the primary one. */
    List<Index> uniqueIndexes() {
        return indexes.stream()
                .filter(index -> index.unique && !index.type.equals("primary"))
                .toList();
    }

    void commit(String key, @Nullable ObjectNode document, long number) {
        ObjectNode old = document == null ? documents.remove(key) : documents.put(key, document);
        for (Index index : uniqueIndexes()) {
            if (old != null) {
                index.remove(old);
            }
            if (document != null) {
                index.add(document);
            }
        }
        changedAt.put(key, number);
    }

    ObjectNode json() {
        return Reply.object()
                .put("id", String.valueOf(id))
                .put("name", name)
                .put("status", 3)
                .put("type", type)
                .put("isSystem", name.startsWith("_"))
                .put("globallyUniqueId", "h" + id + "/" + id);
    }
}
