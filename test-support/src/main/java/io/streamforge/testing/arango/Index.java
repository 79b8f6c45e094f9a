package io.streamforge.testing.arango;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A primary or persistent index; a unique one knows which document holds which values. */
final class Index {

    final String collection;
    final String id;
    final String name;
    final String type;
    final List<String> fields;
    final boolean unique;
    final boolean sparse;
    private final Map<List<JsonNode>, String> holders = new HashMap<>();

    Index(String collection, String id, String name, String type, List<String> fields, boolean unique, boolean sparse) {
        this.collection = collection;
        this.id = id;
        this.name = name;
        this.type = type;
        this.fields = List.copyOf(fields);
        this.unique = unique;
        this.sparse = sparse;
    }

    /** The indexed values of a document; empty when the index does not hold it. */
    Optional<List<JsonNode>> values(ObjectNode document) {
        List<JsonNode> values = new ArrayList<>();
        for (String field : fields) {
            JsonNode value = document;
            for (String part : field.split("\\.")) {
                value = value.path(part);
            }
            if (sparse && (value.isMissingNode() || value.isNull())) {
                return Optional.empty();
            }
            values.add(value.isMissingNode() ? Values.NULL : value);
        }
        return Optional.of(values);
    }

    Optional<String> holder(List<JsonNode> values) {
        return Optional.ofNullable(holders.get(values));
    }

    void add(ObjectNode document) {
        values(document)
                .ifPresent(values -> holders.put(values, document.path("_key").asString()));
    }

    void remove(ObjectNode document) {
        values(document)
                .ifPresent(
                        values -> holders.remove(values, document.path("_key").asString()));
    }

    boolean sameAs(Index other) {
        return type.equals(other.type)
                && fields.equals(other.fields)
                && unique == other.unique
                && sparse == other.sparse;
    }

    ObjectNode json() {
        ObjectNode node = Reply.object()
                .put("id", collection + "/" + id)
                .put("name", name)
                .put("type", type)
                .put("unique", unique)
                .put("sparse", sparse)
                .put("deduplicate", true)
                .put("estimates", true);
        ArrayNode names = node.putArray("fields");
        fields.forEach(names::add);
        return node;
    }
}
