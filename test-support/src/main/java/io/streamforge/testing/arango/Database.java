package io.streamforge.testing.arango;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The collections of a database and the transactions that run in it. */
final class Database {

    final String name;
    final Map<String, Collection> collections = new TreeMap<>();
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
