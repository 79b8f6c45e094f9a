package io.streamforge.testing.arango;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The bind parameters of a query; every one must be declared, and every declared one given. */
final class AqlBinds {

    private final JsonNode given;
    private final Set<String> used = new HashSet<>();

    AqlBinds(JsonNode given) {
        this.given = given;
    }

    JsonNode value(String name) {
        used.add(name);
        if (!given.has(name)) {
            throw new ArangoFailure(ErrorCode.QUERY_BIND_MISSING, name);
        }
        return given.path(name);
    }

    String collection(String name) {
        return value("@" + name).asString("");
    }

    void requireAllUsed() {
        given.propertyNames().forEach(name -> {
            if (!used.contains(name)) {
                throw new ArangoFailure(ErrorCode.QUERY_BIND_UNDECLARED, name);
            }
        });
    }
}
