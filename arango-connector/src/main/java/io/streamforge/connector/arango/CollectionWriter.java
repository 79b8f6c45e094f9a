package io.streamforge.connector.arango;

import com.arangodb.ArangoDBException;
import com.arangodb.ArangoDBMultipleException;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.WriteResult.Rejection;
import io.streamforge.connector.arango.Settings.Mode;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.JsonRows;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The rows of a batch that go to one collection: puts and removals of different keys may change places, those of one key never do. */
final class CollectionWriter {

    private static final int MAX_BYTES = 8 << 20;

    private final Settings settings;
    private final String collection;
    private final String topic;
    private final Requests requests;
    private final Versions versions;
    private final BooleanSupplier closed;
    private final RowCursor row;
    private final @Nullable DocumentKeys rowKeys;
    private final @Nullable RowCursor key;
    private final @Nullable DocumentKeys recordKeys;
    private final @Nullable EdgeEnds ends;
    private final Documents puts;
    private final Removals removals = new Removals();

    /**
     * @param ends of documents that are edges; null when they are none
     * @param closed whether a write that is under way has to end
     */
    CollectionWriter(
            Settings settings,
            String topic,
            RowSchema schema,
            Requests requests,
            Versions versions,
            @Nullable EdgeEnds ends,
            BooleanSupplier closed) {
        this.settings = settings;
        this.topic = topic;
        this.requests = requests;
        this.versions = versions;
        this.ends = ends;
        this.closed = closed;
        collection = settings.collectionOf(schema);
        List<String> columns = settings.key().isEmpty() ? schema.key() : settings.key();
        row = new RowCursor(schema);
        rowKeys = columns.isEmpty() ? null : new DocumentKeys(schema, columns);
        boolean deletable = !columns.isEmpty() && schema.key().containsAll(columns);
        key = deletable ? new RowCursor(schema.keySchema()) : null;
        recordKeys = deletable ? new DocumentKeys(schema.keySchema(), columns) : null;
        puts = new Documents(new JsonRows(schema));
    }

    void begin(SinkBatch batch) throws ConnectorException {
        puts.clear();
        removals.clear();
        asking(() -> batch.ranges().forEach((partition, range) -> versions.begin(partition, range.first())));
    }

    void take(SinkBatch batch, int index, List<Rejection> rejected) throws ConnectorException {
        if (batch.hasValue(index)) {
            put(batch, index, rejected);
        } else {
            remove(batch, index, rejected);
        }
    }

    void finish(SinkBatch batch, List<Rejection> rejected) throws ConnectorException {
        sendPuts(rejected);
        sendRemovals();
        batch.ranges().forEach((partition, range) -> versions.passed(partition, range.next()));
    }

    private void put(SinkBatch batch, int index, List<Rejection> rejected) throws ConnectorException {
        batch.value(index, row);
        String document = rowKeys == null
                ? DocumentKeys.ofRecord(topic, batch.partition(index), batch.offset(index))
                : rowKeys.of(row);
        if (removals.contains(document)) {
            sendRemovals();
        }
        String more = ends == null ? "" : ends.of(row);
        puts.add(index, document, versions.version(batch.partition(index), batch.offset(index)), more, row);
        if (puts.size() >= settings.batchSize() || puts.bytes() >= MAX_BYTES) {
            sendPuts(rejected);
        }
    }

    private void remove(SinkBatch batch, int index, List<Rejection> rejected) throws ConnectorException {
        if (!batch.hasKey(index) || key == null || recordKeys == null) {
            rejected.add(new Rejection(
                    index, "ARANGODB-NO-KEY", "the record's key does not hold the columns of the document's key"));
            return;
        }
        String document = recordKeys.of(batch.key(index, key));
        if (puts.contains(document)) {
            sendPuts(rejected);
        }
        removals.add(document, versions.version(batch.partition(index), batch.offset(index)));
        if (removals.size() >= settings.batchSize()) {
            sendRemovals();
        }
    }

    private void sendPuts(List<Rejection> rejected) throws ConnectorException {
        if (puts.size() == 0) {
            return;
        }
        requireOpen();
        asking(() -> sendPutsTo(rejected));
        puts.clear();
    }

    private void sendPutsTo(List<Rejection> rejected) throws ConnectorException {
        List<Integer> taken = new ArrayList<>();
        List<@Nullable Refusal> refusals = requests.put(puts);
        for (int i = 0; i < puts.size(); i++) {
            Refusal refusal = refusals.get(i);
            if (refusal == null) {
                continue;
            }
            if (ArangoErrors.isTransient(refusal.errorNum())) {
                throw new ConnectorException(
                        "ARANGODB-UNAVAILABLE",
                        Category.TRANSIENT,
                        "writing to collection '%s': %s (error %d)"
                                .formatted(collection, refusal.message(), refusal.errorNum()),
                        null);
            }
            if (settings.mode() == Mode.INSERT && refusal.errorNum() == ArangoErrors.UNIQUE_CONSTRAINT) {
                taken.add(i);
            } else {
                rejected.add(rejection(i, refusal));
            }
        }
        rejectForeign(taken, refusals, rejected);
    }

    /** A document that is there in this very version was written by an earlier try. */
    private void rejectForeign(List<Integer> taken, List<@Nullable Refusal> refusals, List<Rejection> rejected) {
        if (taken.isEmpty()) {
            return;
        }
        Map<String, Long> stored =
                requests.versions(taken.stream().map(puts::key).toList());
        for (int i : taken) {
            Refusal refusal = refusals.get(i);
            boolean own = Long.valueOf(puts.version(i)).equals(stored.get(puts.key(i)));
            if (!own && refusal != null) {
                rejected.add(rejection(i, refusal));
            }
        }
    }

    private Rejection rejection(int index, Refusal refusal) {
        return new Rejection(puts.row(index), ArangoErrors.rejection(refusal.errorNum()), refusal.message());
    }

    private void sendRemovals() throws ConnectorException {
        if (removals.size() > 0) {
            requireOpen();
            asking(() -> requests.remove(removals.rows()));
            removals.clear();
        }
    }

    private void requireOpen() throws ConnectorException {
        if (closed.getAsBoolean()) {
            throw new ConnectorException(
                    "ARANGODB-CLOSED", Category.TRANSIENT, "the writer was closed while it was writing", null);
        }
    }

    /** Something that asks the server. */
    private interface Asking {
        void run() throws ConnectorException;
    }

    private void asking(Asking asking) throws ConnectorException {
        try {
            asking.run();
        } catch (ArangoDBException | ArangoDBMultipleException e) {
            throw ArangoErrors.explain("writing to collection '" + collection + "'", e);
        }
    }
}
