package io.streamforge.testing.arango;

/** Documented errors; number, HTTP status and message are those of ArangoDB's list of error codes. */
enum ErrorCode {
    NOT_IMPLEMENTED(9, 501, "not implemented"),
    BAD_PARAMETER(10, 400, "bad parameter"),
    FORBIDDEN(11, 403, "forbidden"),
    LOCK_TIMEOUT(18, 409, "lock timeout"),
    UNAUTHORIZED(401, 401, "not authorized to execute this request"),
    UNKNOWN_PATH(404, 404, "unknown path"),
    METHOD_NOT_ALLOWED(405, 405, "method not supported"),
    UNAVAILABLE(503, 503, "service unavailable"),
    CORRUPTED_JSON(600, 400, "VPackError error: expecting valid JSON"),
    CONFLICT(1200, 409, "write-write conflict"),
    PRECONDITION(1200, 412, "conflict, _rev values do not match"),
    DOCUMENT_NOT_FOUND(1202, 404, "document not found"),
    COLLECTION_NOT_FOUND(1203, 404, "collection or view not found"),
    DUPLICATE_NAME(1207, 409, "duplicate name"),
    ILLEGAL_NAME(1208, 400, "illegal name"),
    UNIQUE_CONSTRAINT(1210, 409, "unique constraint violated"),
    COLLECTION_TYPE_INVALID(1218, 400, "collection type invalid"),
    INDEX_NOT_FOUND(1212, 404, "index not found"),
    ILLEGAL_KEY(1221, 400, "illegal document key"),
    INVALID_DOCUMENT(1227, 400, "invalid document type"),
    DATABASE_NOT_FOUND(1228, 404, "database not found"),
    DATABASE_NAME_INVALID(1229, 400, "database name invalid"),
    EDGE_ATTRIBUTE(1233, 400, "edge attribute missing or invalid"),
    QUERY_PARSE(1501, 400, "syntax error"),
    QUERY_EMPTY(1502, 400, "query is empty"),
    QUERY_UNKNOWN_FUNCTION(1540, 400, "usage of unknown function"),
    QUERY_BIND_MISSING(1551, 400, "no value specified for declared bind parameter"),
    QUERY_BIND_UNDECLARED(1552, 400, "bind parameter was not declared in the query"),
    CURSOR_NOT_FOUND(1600, 404, "cursor not found"),
    SCHEMA_VIOLATION(1620, 400, "schema validation failed"),
    TRANSACTION_UNREGISTERED(1652, 400, "unregistered collection used in transaction"),
    TRANSACTION_NOT_FOUND(1655, 404, "transaction not found"),
    GRAPH_NOT_FOUND(1924, 404, "graph not found"),
    GRAPH_DUPLICATE(1925, 409, "graph already exists");

    final int number;
    final int status;
    final String message;

    ErrorCode(int number, int status, String message) {
        this.number = number;
        this.status = status;
        this.message = message;
    }
}
