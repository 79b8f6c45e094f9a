package io.streamforge.testing.arango;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Finds who answers a request. All state is changed under one lock: requests run one after another. */
final class Router {

    private static final String SYSTEM = "_system";
    private static final Pattern DATABASE_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_\\-]{0,63}");

    private final String version;
    private final boolean versions;
    private final Authentication authentication;
    private final CursorsApi cursors;
    private final Map<String, Database> databases = new TreeMap<>();

    Router(String version, Authentication authentication) {
        this.version = version;
        this.authentication = authentication;
        versions = !version.startsWith("3.11.");
        cursors = new CursorsApi(versions);
        databases.put(SYSTEM, new Database(SYSTEM));
    }

    synchronized Reply handle(Request request) {
        try {
            return answer(request);
        } catch (ArangoFailure e) {
            return Reply.failed(e);
        }
    }

    private Reply answer(Request request) {
        if (request.path().equals(List.of("_open", "auth"))) {
            return authentication.token(request);
        }
        authentication.require(request);
        Database database = databases.get(request.database());
        if (database == null) {
            throw new ArangoFailure(ErrorCode.DATABASE_NOT_FOUND, request.database());
        }
        if (request.path().size() < 2) {
            throw new ArangoFailure(ErrorCode.UNKNOWN_PATH);
        }
        return switch (request.segment(0) + "/" + request.segment(1)) {
            case "_api/version" ->
                Reply.of(
                        200,
                        Reply.object()
                                .put("server", "arango")
                                .put("license", "community")
                                .put("version", version));
            case "_admin/time" ->
                Reply.done(200, Reply.object().put("time", (double) micros(Instant.now()) / 1_000_000));
            case "_api/database" -> database(request);
            case "_api/collection" -> new CollectionsApi(database).collections(request);
            case "_api/index" -> new CollectionsApi(database).indexes(request);
            case "_api/gharial" -> new GraphsApi(database).handle(request);
            case "_api/document" -> new DocumentsApi(database, versions).handle(request);
            case "_api/transaction" -> new TransactionsApi(database).handle(request);
            case "_api/cursor" -> cursors.handle(request, database);
            default -> throw request.unknown();
        };
    }

    private Reply database(Request request) {
        if (request.is("GET", 2) || (request.is("GET", 3) && request.segment(2).equals("user"))) {
            ArrayNode names = JsonNodeFactory.instance.arrayNode();
            databases.keySet().forEach(names::add);
            return Reply.result(200, names);
        }
        if (request.is("GET", 3) && request.segment(2).equals("current")) {
            return Reply.result(
                    200,
                    Reply.object()
                            .put("name", request.database())
                            .put("id", "1")
                            .put("isSystem", request.database().equals(SYSTEM)));
        }
        if (request.is("POST", 2)) {
            return createDatabase(request);
        }
        if (request.is("DELETE", 3)) {
            if (databases.remove(request.segment(2)) == null) {
                throw new ArangoFailure(ErrorCode.DATABASE_NOT_FOUND, request.segment(2));
            }
            return Reply.result(200, Values.of(true));
        }
        throw request.unknown();
    }

    private Reply createDatabase(Request request) {
        JsonNode definition = request.json();
        String name = definition.path("name").asString("");
        if (!request.database().equals(SYSTEM)) {
            throw new ArangoFailure(ErrorCode.FORBIDDEN, "databases are created from _system");
        }
        if (!DATABASE_NAME.matcher(name).matches()) {
            throw new ArangoFailure(ErrorCode.DATABASE_NAME_INVALID, name);
        }
        if (databases.putIfAbsent(name, new Database(name)) != null) {
            throw new ArangoFailure(ErrorCode.DUPLICATE_NAME, name);
        }
        return Reply.result(201, Values.of(true));
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
    }
}
