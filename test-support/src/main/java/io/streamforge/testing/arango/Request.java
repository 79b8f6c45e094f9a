package io.streamforge.testing.arango;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * @param database from the path, {@code _system} when it names none
 * @param path decoded segments after the database
 * @param headers by lower-case name
 */
record Request(
        String method,
        String database,
        List<String> path,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body) {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final String TRANSACTION_ID = "x-arango-trx-id";

    boolean is(String wantedMethod, int segments) {
        return method.equals(wantedMethod) && path.size() == segments;
    }

    String segment(int index) {
        return path.get(index);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    Optional<String> transactionId() {
        return header(TRANSACTION_ID);
    }

    boolean flag(String parameter, boolean otherwise) {
        String value = query.get(parameter);
        return value == null ? otherwise : value.equals("true");
    }

    String parameter(String name, String otherwise) {
        return query.getOrDefault(name, otherwise);
    }

    /** Refuses parameters the stub does not know: a real server ignores them, a test should not. */
    void allow(String... parameters) {
        Set<String> known = Set.of(parameters);
        for (String name : query.keySet()) {
            if (!known.contains(name)) {
                throw new ArangoFailure(ErrorCode.NOT_IMPLEMENTED, "query parameter '" + name + "'");
            }
        }
    }

    JsonNode json() {
        String type = headers.getOrDefault("content-type", "application/json");
        if (!type.startsWith("application/json")) {
            throw new ArangoFailure(ErrorCode.NOT_IMPLEMENTED, "content type '" + type + "'");
        }
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node == null || node.isMissingNode()) {
                throw new ArangoFailure(ErrorCode.CORRUPTED_JSON);
            }
            return node;
        } catch (JacksonException e) {
            throw new ArangoFailure(ErrorCode.CORRUPTED_JSON, e.getOriginalMessage());
        }
    }

    ArangoFailure unknown() {
        return new ArangoFailure(ErrorCode.NOT_IMPLEMENTED, method + " /" + String.join("/", path));
    }
}
