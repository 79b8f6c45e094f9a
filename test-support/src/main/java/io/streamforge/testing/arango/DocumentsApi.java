package io.streamforge.testing.arango;

import io.streamforge.testing.arango.DocumentWriter.Outcome;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /_api/document}. */
record DocumentsApi(Database database, boolean versions) {

    private static final String[] PARAMETERS = {
        "waitForSync",
        "returnNew",
        "returnOld",
        "silent",
        "overwrite",
        "overwriteMode",
        "keepNull",
        "mergeObjects",
        "refillIndexCaches",
        "versionAttribute",
        "ignoreRevs",
        "onlyget"
    };

    Reply handle(Request request) {
        request.allow(PARAMETERS);
        Collection collection = database.collection(request.segment(2));
        Transaction transaction = database.transaction(request);
        Operation operation = new Operation(request, collection, transaction, WriteOptions.of(request, versions));
        Reply reply;
        try {
            reply = request.path().size() == 3 ? operation.many() : operation.one(request.segment(3));
        } catch (ArangoFailure e) {
            if (transaction.implicit()) {
                transaction.abort();
            }
            throw e;
        }
        if (transaction.implicit()) {
            transaction.commit();
        }
        return reply;
    }

    /** One request. */
    private record Operation(Request request, Collection collection, Transaction transaction, WriteOptions options) {

        Reply one(String key) {
            String method = request.method();
            if (method.equals("GET") || method.equals("HEAD")) {
                return read(key);
            }
            String revision =
                    request.header("if-match").map(Operation::unquoted).orElse(null);
            Outcome outcome =
                    switch (method) {
                        case "PUT" -> writer().replace(key, request.json(), revision);
                        case "PATCH" -> writer().update(key, request.json(), revision);
                        case "DELETE" -> writer().remove(key, revision);
                        default -> throw request.unknown();
                    };
            return single(outcome, method.equals("DELETE") ? 200 : 201);
        }

        Reply many() {
            JsonNode body = request.json();
            switch (request.method()) {
                case "POST" -> {
                    return body.isArray() ? each(body, writer()::insert, 201) : single(writer().insert(body), 201);
                }
                case "PUT" -> {
                    return request.flag("onlyget", false)
                            ? readMany(array(body))
                            : each(array(body), document -> writer().replace(keyOf(document), document, null), 201);
                }
                case "PATCH" -> {
                    return each(array(body), document -> writer().update(keyOf(document), document, null), 201);
                }
                case "DELETE" -> {
                    return each(array(body), selector -> writer().remove(keyOf(selector), revisionOf(selector)), 200);
                }
                default -> throw request.unknown();
            }
        }

        private DocumentWriter writer() {
            return new DocumentWriter(transaction, collection, options);
        }

        private Reply read(String key) {
            ObjectNode document = transaction.get(collection, key);
            if (document == null) {
                throw new ArangoFailure(ErrorCode.DOCUMENT_NOT_FOUND);
            }
            String revision = document.path("_rev").asString();
            if (request.header("if-match")
                    .map(Operation::unquoted)
                    .filter(wanted -> !wanted.equals(revision))
                    .isPresent()) {
                throw new ArangoFailure(ErrorCode.PRECONDITION);
            }
            if (request.header("if-none-match")
                    .map(Operation::unquoted)
                    .filter(revision::equals)
                    .isPresent()) {
                return Reply.of(304, Values.NULL);
            }
            return Reply.of(200, document).with("Etag", '"' + revision + '"');
        }

        private Reply readMany(JsonNode selectors) {
            ArrayNode found = JsonNodeFactory.instance.arrayNode();
            for (JsonNode selector : selectors) {
                ObjectNode document = transaction.get(collection, keyOf(selector));
                found.add(document == null ? new ArangoFailure(ErrorCode.DOCUMENT_NOT_FOUND).entry() : document);
            }
            return Reply.of(200, found);
        }

        private Reply single(Outcome outcome, int synced) {
            ObjectNode result = result(outcome);
            Reply reply = Reply.of(status(synced), options.silent() ? Reply.object() : result);
            String revision = result.path("_rev").asString();
            return reply.with("Etag", '"' + revision + '"')
                    .with(
                            "Location",
                            "/_db/" + request.database() + "/_api/document/"
                                    + result.path("_id").asString());
        }

        /** Each item succeeds or fails for itself; the answer has the length of the request. */
        private Reply each(JsonNode items, Function<JsonNode, Outcome> operation, int synced) {
            ArrayNode results = JsonNodeFactory.instance.arrayNode();
            ArrayNode failures = JsonNodeFactory.instance.arrayNode();
            Map<Integer, Integer> errors = new TreeMap<>();
            for (JsonNode item : items) {
                try {
                    results.add(result(operation.apply(item)));
                } catch (ArangoFailure e) {
                    ObjectNode entry = e.entry();
                    results.add(entry);
                    failures.add(entry);
                    errors.merge(e.code().number, 1, Integer::sum);
                }
            }
            JsonNode quiet = failures.isEmpty() ? Reply.object() : failures;
            Reply reply = Reply.of(status(synced), options.silent() ? quiet : results);
            return errors.isEmpty()
                    ? reply
                    : reply.with(
                            "X-Arango-Error-Codes",
                            errors.entrySet().stream()
                                    .map(error -> error.getKey() + ":" + error.getValue())
                                    .collect(Collectors.joining(",")));
        }

        private int status(int synced) {
            return collection.waitForSync || request.flag("waitForSync", false) ? synced : 202;
        }

        private ObjectNode result(Outcome outcome) {
            ObjectNode after = outcome.after();
            ObjectNode before = outcome.before();
            ObjectNode shown = after == null ? before : after;
            ObjectNode result = Reply.object();
            if (shown != null) {
                result.set("_id", shown.path("_id"));
                result.set("_key", shown.path("_key"));
                result.set("_rev", shown.path("_rev"));
            }
            if (before != null && after != null) {
                result.set("_oldRev", before.path("_rev"));
            }
            if (options.returnNew() && after != null) {
                result.set("new", after);
            }
            if (options.returnOld() && before != null) {
                result.set("old", before);
            }
            return result;
        }

        private String keyOf(JsonNode selector) {
            if (selector.isObject()) {
                return DocumentWriter.key(selector.path("_key"));
            }
            String text = selector.isString() ? selector.stringValue() : "";
            String prefix = collection.name + "/";
            return DocumentWriter.key(JsonNodeFactory.instance.stringNode(
                    text.startsWith(prefix) ? text.substring(prefix.length()) : text));
        }

        private @Nullable String revisionOf(JsonNode selector) {
            return options.checkRevisions() && selector.has("_rev")
                    ? selector.path("_rev").asString()
                    : null;
        }

        private static JsonNode array(JsonNode body) {
            if (!body.isArray()) {
                throw new ArangoFailure(ErrorCode.BAD_PARAMETER, "expecting an array");
            }
            return body;
        }

        private static String unquoted(String tag) {
            return tag.startsWith("\"") && tag.endsWith("\"") && tag.length() > 1
                    ? tag.substring(1, tag.length() - 1)
                    : tag;
        }
    }
}
