package io.streamforge.testing.arango;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A collection's schema: of JSON Schema only {@code properties} with {@code pattern}, which holds for strings alone. */
final class SchemaRule {

    private final Map<String, Pattern> patterns = new HashMap<>();

    /** @param schema as given when the collection is created; may be missing */
    SchemaRule(JsonNode schema) {
        for (Map.Entry<String, JsonNode> keyword : schema.path("rule").properties()) {
            requireKnown(keyword.getKey(), "properties");
        }
        for (Map.Entry<String, JsonNode> property :
                schema.path("rule").path("properties").properties()) {
            for (Map.Entry<String, JsonNode> keyword : property.getValue().properties()) {
                requireKnown(keyword.getKey(), "pattern");
                patterns.put(
                        property.getKey(), Pattern.compile(keyword.getValue().asString()));
            }
        }
    }

    void check(ObjectNode document) {
        patterns.forEach((attribute, pattern) -> {
            JsonNode value = document.path(attribute);
            if (value.isString() && !pattern.matcher(value.stringValue()).find()) {
                throw new ArangoFailure(ErrorCode.SCHEMA_VIOLATION);
            }
        });
    }

    private static void requireKnown(String keyword, String known) {
        if (!keyword.equals(known)) {
            throw new ArangoFailure(ErrorCode.NOT_IMPLEMENTED, "schema keyword '" + keyword + "'");
        }
    }
}
