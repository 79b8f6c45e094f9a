package io.streamforge.testing.arango;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An answer. */
record Reply(int status, JsonNode body, Map<String, String> headers) {

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static Reply of(int status, JsonNode body) {
        return new Reply(status, body, Map.of());
    }

    /** With the members {@code error} and {@code code} of most management calls. */
    static Reply done(int status, ObjectNode body) {
        return of(status, body.put("error", false).put("code", status));
    }

    static Reply result(int status, JsonNode result) {
        ObjectNode body = object();
        body.set("result", result);
        return done(status, body);
    }

    static Reply failed(ArangoFailure failure) {
        return of(failure.code().status, failure.body());
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, body, more);
    }
}
