package io.streamforge.testing.arango;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** {@code /_api/transaction}: stream transactions. */
record TransactionsApi(Database database) {

    private static final AtomicLong IDS = new AtomicLong(50_000);

    Reply handle(Request request) {
        request.allow();
        if (request.is("POST", 3) && request.segment(2).equals("begin")) {
            return begin(request.json().path("collections"));
        }
        if (request.path().size() != 3) {
            throw request.unknown();
        }
        String id = request.segment(2);
        Transaction transaction = database.running(id);
        switch (request.method()) {
            case "GET" -> {}
            case "PUT" -> transaction.commit();
            case "DELETE" -> transaction.abort();
            default -> throw request.unknown();
        }
        if (!request.method().equals("GET")) {
            database.transactions.remove(id);
        }
        return reply(200, id, transaction);
    }

    private Reply begin(JsonNode collections) {
        Set<String> exclusive = names(collections.path("exclusive"));
        Set<String> writable = new HashSet<>(names(collections.path("write")));
        writable.addAll(exclusive);
        names(collections.path("read")).forEach(database::collection);
        writable.forEach(database::collection);
        Transaction transaction = new Transaction(database, writable);
        for (String name : exclusive) {
            Collection collection = database.collection(name);
            if (collection.exclusive != null || !collection.locks.isEmpty()) {
                transaction.abort();
                throw new ArangoFailure(ErrorCode.LOCK_TIMEOUT, name);
            }
            collection.exclusive = transaction;
        }
        String id = String.valueOf(IDS.incrementAndGet());
        database.transactions.put(id, transaction);
        return reply(201, id, transaction);
    }

    private static Reply reply(int status, String id, Transaction transaction) {
        return Reply.result(status, Reply.object().put("id", id).put("status", transaction.status));
    }

    private static Set<String> names(JsonNode names) {
        Set<String> all = new LinkedHashSet<>();
        if (names.isString()) {
            all.add(names.stringValue());
        }
        names.valueStream()
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .forEach(all::add);
        return all;
    }
}
