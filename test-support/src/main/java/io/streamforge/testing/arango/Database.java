package io.streamforge.testing.arango;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** The collections of a database and the transactions that run in it. */
final class Database {

    final String name;
    final Map<String, Collection> collections = new TreeMap<>();
    final Map<String, ObjectNode> graphs = new TreeMap<>();
    final Map<String, Transaction> transactions = new HashMap<>();
    private long commits;

    Database(String name) {
        this.name = name;
    }

    Collection collection(String wanted) {
        Collection collection = collections.get(wanted);
        if (collection == null) {
            throw new ArangoFailure(ErrorCode.COLLECTION_NOT_FOUND, wanted);
        }
        return collection;
    }

    /** As {@link #collection}; a collection of a graph must be of the type that it is used as. */
    Collection require(String wanted, int type) {
        Collection collection = collection(wanted);
        if (collection.type != type) {
            throw new ArangoFailure(ErrorCode.COLLECTION_TYPE_INVALID, wanted);
        }
        return collection;
    }

    /** The request's transaction, or one for this request alone. */
    Transaction transaction(Request request) {
        return request.transactionId().map(this::running).orElseGet(() -> new Transaction(this));
    }

    Transaction running(String id) {
        Transaction transaction = transactions.get(id);
        if (transaction == null) {
            throw new ArangoFailure(ErrorCode.TRANSACTION_NOT_FOUND, id);
        }
        return transaction;
    }

    long commits() {
        return commits;
    }

    long nextCommit() {
        return ++commits;
    }
}
