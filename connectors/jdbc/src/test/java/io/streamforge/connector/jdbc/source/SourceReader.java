package io.streamforge.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.OptionParser;
import io.streamforge.connector.Options;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceConnector;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowCursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Reads a database the way a worker does, for tests. */
record SourceReader(SourceConnector connector, Map<String, Object> access) {

    Source source(Map<String, Object> options) throws ConnectorException {
        Map<String, Object> all = new LinkedHashMap<>(access);
        all.putAll(options);
        List<Problem> problems = new ArrayList<>();
        Optional<Options> parsed = new OptionParser(
                        Objects.requireNonNull(connector.descriptor().source()).options())
                .parse(all, problems);
        assertThat(problems).isEmpty();
        return connector.source(parsed.orElseThrow());
    }

    /** The rows of each split, by its id. */
    Map<String, List<List<@Nullable Object>>> splits(Map<String, Object> options) throws ConnectorException {
        Map<String, List<List<@Nullable Object>>> splits = new LinkedHashMap<>();
        try (Source source = source(options)) {
            Discovery found = source.discover();
            for (int i = 0; i < found.splits().size(); i++) {
                splits.put(found.splits().get(i).id(), rows(source, found, i));
            }
        }
        return splits;
    }

    /** Takes one batch of the first split and asks for no more; to be cancelled. */
    static BaseSubscriber<RecordBatch> takeOne(Source source) throws ConnectorException {
        Discovery found = source.discover();
        BaseSubscriber<RecordBatch> asking = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(1);
            }
        };
        source.read(found.splits().get(0), Optional.empty(), found.schema()).subscribe(asking);
        return asking;
    }

    List<RecordBatch> batches(Source source, Discovery found, int split) {
        return Objects.requireNonNull(source.read(found.splits().get(split), Optional.empty(), found.schema())
                .collectList()
                .block());
    }

    List<List<@Nullable Object>> rows(Source source, Discovery found, int split) {
        return rows(batches(source, found, split));
    }

    /** All rows of a new run that begins at a position of an earlier one. */
    List<List<@Nullable Object>> rows(Map<String, Object> options, @Nullable Position from) throws ConnectorException {
        try (Source source = source(options)) {
            Discovery found = source.discover();
            return rows(
                    Objects.requireNonNull(source.read(found.splits().get(0), Optional.ofNullable(from), found.schema())
                            .collectList()
                            .block()));
        }
    }

    /** The position at the end of a run. */
    Position last(Map<String, Object> options) throws ConnectorException {
        try (Source source = source(options)) {
            List<RecordBatch> batches = batches(source, source.discover(), 0);
            return batches.get(batches.size() - 1).position();
        }
    }

    static List<List<@Nullable Object>> rows(List<RecordBatch> batches) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (RecordBatch batch : batches) {
            RowCursor cursor = new RowCursor(batch.schema());
            for (int row = 0; row < batch.size(); row++) {
                rows.add(new ArrayList<>(cursor.wrap(batch.rows(), row).toMap().values()));
            }
        }
        return rows;
    }
}
