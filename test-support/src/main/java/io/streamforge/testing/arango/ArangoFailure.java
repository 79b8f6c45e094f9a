package io.streamforge.testing.arango;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A request that is answered with an error. */
final class ArangoFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    ArangoFailure(ErrorCode code) {
        this(code, "");
    }

    ArangoFailure(ErrorCode code, String detail) {
        super(detail.isEmpty() ? code.message : code.message + " - " + detail, null, false, false);
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }

    /** The entry of an array of results. */
    ObjectNode entry() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("error", true)
                .put("errorNum", code.number)
                .put("errorMessage", getMessage());
    }

    /** The body of a failed request. */
    ObjectNode body() {
        return entry().put("code", code.status);
    }
}
