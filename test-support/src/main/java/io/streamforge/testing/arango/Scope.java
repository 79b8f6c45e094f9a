package io.streamforge.testing.arango;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A row of variables on its way through a query. */
record Scope(Map<String, JsonNode> variables) {

    Scope with(String name, JsonNode value) {
        Map<String, JsonNode> more = new HashMap<>(variables);
        more.put(name, value);
        return new Scope(more);
    }

    JsonNode get(String name) {
        return variables.getOrDefault(name, Values.NULL);
    }
}
