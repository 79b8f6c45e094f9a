package io.streamforge.testing.arango;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /_api/cursor}. */
final class CursorsApi {

    private static final int DEFAULT_BATCH = 1000;
    /** The last two are the Java driver's own, sent beside the header that counts; a server ignores them. */
    private static final Set<String> MEMBERS = Set.of(
            "query",
            "bindVars",
            "batchSize",
            "count",
            "options",
            "ttl",
            "cache",
            "memoryLimit",
            "streamTransactionId",
            "allowDirtyRead");

    private static final Set<String> OPTIONS = Set.of("fullCount", "failOnWarning", "allowRetry", "stream");

    private final Map<String, Open> open = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong(90_000);
    private final boolean versions;

    CursorsApi(boolean versions) {
        this.versions = versions;
    }

    /** A result that has not been fetched to its end. */
    private record Open(Deque<JsonNode> rest, int batch, ObjectNode extra) {}

    Reply handle(Request request, Database database) {
        request.allow();
        if (request.is("POST", 2)) {
            return run(request, database);
        }
        if (request.path().size() != 3) {
            throw request.unknown();
        }
        String id = request.segment(2);
        Open cursor = open.get(id);
        if (cursor == null) {
            throw new ArangoFailure(ErrorCode.CURSOR_NOT_FOUND);
        }
        switch (request.method()) {
            case "POST", "PUT" -> {
                return batch(200, id, cursor, Reply.object());
            }
            case "DELETE" -> {
                open.remove(id);
                return Reply.done(202, Reply.object().put("id", id));
            }
            default -> throw request.unknown();
        }
    }

    private Reply run(Request request, Database database) {
        JsonNode body = request.json();
        requireKnown(body, MEMBERS);
        requireKnown(body.path("options"), OPTIONS);
        AqlQuery query = AqlParser.parse(body.path("query").asString(""), new AqlBinds(body.path("bindVars")));
        Transaction transaction = database.transaction(request);
        AqlQuery.Result result;
        try {
            result = query.run(transaction, versions);
        } catch (ArangoFailure e) {
            if (transaction.implicit()) {
                transaction.abort();
            }
            throw e;
        }
        if (transaction.implicit()) {
            transaction.commit();
        }
        ObjectNode answer = Reply.object();
        if (body.path("count").asBoolean(false)) {
            answer.put("count", result.rows().size());
        }
        boolean fullCount = body.path("options").path("fullCount").asBoolean(false);
        int batch = body.path("batchSize").asInt(DEFAULT_BATCH);
        Open cursor = new Open(new ArrayDeque<>(result.rows()), batch, extra(result, fullCount));
        return batch(201, String.valueOf(ids.incrementAndGet()), cursor, answer);
    }

    private Reply batch(int status, String id, Open cursor, ObjectNode answer) {
        ArrayNode rows = answer.putArray("result");
        while (rows.size() < cursor.batch() && !cursor.rest().isEmpty()) {
            rows.add(cursor.rest().removeFirst());
        }
        boolean more = !cursor.rest().isEmpty();
        answer.put("hasMore", more).put("cached", false);
        answer.set("extra", cursor.extra());
        if (more) {
            open.put(id, cursor);
            answer.put("id", id);
        } else {
            open.remove(id);
        }
        return Reply.done(status, answer);
    }

    private static ObjectNode extra(AqlQuery.Result result, boolean fullCount) {
        ObjectNode extra = Reply.object();
        extra.putArray("warnings");
        ObjectNode stats =
                extra.putObject("stats").put("writesExecuted", result.writes()).put("writesIgnored", 0);
        if (fullCount) {
            stats.put("fullCount", result.fullCount());
        }
        return extra;
    }

    private static void requireKnown(JsonNode object, Set<String> known) {
        object.properties().forEach(member -> {
            String name = member.getKey();
            boolean empty = member.getValue().isNull()
                    || (member.getValue().isObject() && member.getValue().isEmpty());
            if (!empty && !known.contains(name)) {
                throw new ArangoFailure(ErrorCode.NOT_IMPLEMENTED, "cursor attribute '" + name + "'");
            }
        });
    }
}
