package io.streamforge.connector.arango;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.WriteResult;
import io.streamforge.connector.WriteResult.Rejection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes batches in bulk, the rows of each table to their collection. */
final class ArangoSinkWriter implements SinkWriter {

    private final List<CollectionWriter> collections = new ArrayList<>();
    private volatile boolean closed;

    /** To be called for each table, in the order of the context's schemas, before the first write. */
    void add(CollectionWriter collection) {
        collections.add(collection);
    }

    boolean closed() {
        return closed;
    }

    /** The collections keep no offsets; what is written again changes nothing. */
    @Override
    public Optional<Map<Integer, Progress>> restore() {
        return Optional.empty();
    }

    @Override
    public WriteResult write(SinkBatch batch) throws ConnectorException {
        List<Rejection> rejected = new ArrayList<>();
        for (CollectionWriter collection : collections) {
            collection.begin(batch);
        }
        for (int i = 0; i < batch.size(); i++) {
            collections.get(batch.table(i)).take(batch, i, rejected);
        }
        for (CollectionWriter collection : collections) {
            collection.finish(batch, rejected);
        }
        rejected.sort(Comparator.comparingInt(Rejection::row));
        return rejected.isEmpty() ? WriteResult.ALL_WRITTEN : new WriteResult(rejected);
    }

    /** A write that is under way ends after its current request. */
    @Override
    public void close() {
        closed = true;
    }
}
