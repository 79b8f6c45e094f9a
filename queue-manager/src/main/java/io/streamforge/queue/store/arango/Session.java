package io.streamforge.queue.store.arango;

import com.arangodb.ArangoCursor;
import com.arangodb.model.AqlQueryOptions;
import com.arangodb.springframework.core.ArangoOperations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Queries outside or within a stream transaction.
 *
 * @param transaction null outside
 */
record Session(ArangoOperations database, @Nullable String transaction) {

    <T> List<T> query(Class<T> type, String aql, @Nullable Object... binds) {
        return cursor(type, new AqlQueryOptions(), aql, binds).asListRemaining();
    }

    <T> Optional<T> first(Class<T> type, String aql, @Nullable Object... binds) {
        return query(type, aql, binds).stream().findFirst();
    }

    /** For queries that say with {@code RETURN 1} what they have changed. */
    int update(String aql, @Nullable Object... binds) {
        return query(Integer.class, aql, binds).size();
    }

    /** @param binds names and values in turn */
    <T> ArangoCursor<T> cursor(Class<T> type, AqlQueryOptions options, String aql, @Nullable Object... binds) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < binds.length; i += 2) {
            values.put(String.valueOf(binds[i]), binds[i + 1]);
        }
        return database.query(aql, values, options.streamTransactionId(transaction), type);
    }
}
