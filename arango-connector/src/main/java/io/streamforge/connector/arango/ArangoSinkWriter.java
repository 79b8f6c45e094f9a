package io.streamforge.connector.arango;

import com.arangodb.ArangoDBException;
import com.arangodb.ArangoDBMultipleException;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.WriteResult;
import io.streamforge.connector.WriteResult.Rejection;
import io.streamforge.connector.arango.Settings.Mode;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.JsonRows;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes batches in bulk: puts and removals of different keys may change places, those of one key never do. */
final class ArangoSinkWriter implements SinkWriter {

    private static final int MAX_BYTES = 8 << 20;

    private final Settings settings;
    private final String topic;
    private final Requests requests;
    private final Versions versions;
    private final RowCursor row;
    private final @Nullable DocumentKeys rowKeys;
    private final @Nullable RowCursor key;
    private final @Nullable DocumentKeys recordKeys;
    private final Documents puts;
    private final Removals removals = new Removals();
    private volatile boolean closed;

    ArangoSinkWriter(Settings settings, SinkContext context, Requests requests, Versions versions) {
        this.settings = settings;
        this.requests = requests;
        this.versions = versions;
        topic = context.topic();
        RowSchema schema = context.schema();
        List<String> columns = settings.key().isEmpty() ? schema.key() : settings.key();
        row = new RowCursor(schema);
        rowKeys = columns.isEmpty() ? null : new DocumentKeys(schema, columns);
        boolean deletable = !columns.isEmpty() && schema.key().containsAll(columns);
        key = deletable ? new RowCursor(schema.keySchema()) : null;
        recordKeys = deletable ? new DocumentKeys(schema.keySchema(), columns) : null;
        puts = new Documents(new JsonRows(schema));
    }

    /** The collection keeps no offsets; what is written again changes nothing. */
    @Override
    public Optional<Map<Integer, Progress>> restore() {
        return Optional.empty();
    }

    @Override
    public WriteResult write(SinkBatch batch) throws ConnectorException {
        List<Rejection> rejected = new ArrayList<>();
        puts.clear();
        removals.clear();
        try {
            batch.ranges().forEach((partition, range) -> versions.begin(partition, range.first()));
            for (int i = 0; i < batch.size(); i++) {
                if (batch.hasValue(i)) {
                    put(batch, i, rejected);
                } else {
                    remove(batch, i, rejected);
                }
            }
            sendPuts(rejected);
            sendRemovals();
            batch.ranges().forEach((partition, range) -> versions.passed(partition, range.next()));
        } catch (ArangoDBException | ArangoDBMultipleException e) {
            throw ArangoErrors.explain("writing to collection '" + settings.collection() + "'", e);
        }
        rejected.sort(Comparator.comparingInt(Rejection::row));
        return rejected.isEmpty() ? WriteResult.ALL_WRITTEN : new WriteResult(rejected);
    }

    /** A write that is under way ends after its current request. */
    @Override
    public void close() {
        closed = true;
    }

    private void put(SinkBatch batch, int index, List<Rejection> rejected) throws ConnectorException {
        batch.value(index, row);
        String document = rowKeys == null
                ? DocumentKeys.ofRecord(topic, batch.partition(index), batch.offset(index))
                : rowKeys.of(row);
        if (removals.contains(document)) {
            sendRemovals();
        }
        puts.add(index, document, versions.version(batch.partition(index), batch.offset(index)), row);
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
                                .formatted(settings.collection(), refusal.message(), refusal.errorNum()),
                        null);
            }
            if (settings.mode() == Mode.INSERT && refusal.errorNum() == ArangoErrors.UNIQUE_CONSTRAINT) {
                taken.add(i);
            } else {
                rejected.add(rejection(i, refusal));
            }
        }
        rejectForeign(taken, refusals, rejected);
        puts.clear();
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
            requests.remove(removals.rows());
            removals.clear();
        }
    }

    private void requireOpen() throws ConnectorException {
        if (closed) {
            throw new ConnectorException(
                    "ARANGODB-CLOSED", Category.TRANSIENT, "the writer was closed while it was writing", null);
        }
    }
}
