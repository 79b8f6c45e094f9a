package io.streamforge.loader.api;

import io.streamforge.connector.Connector;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.OptionParser;
import io.streamforge.connector.Options;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceConnector;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowCursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sources made from options as a workflow file has them, and rows as maps. */
public final class Configured {

    private Configured() {}

    public static Source source(SourceConnector connector, Map<String, Object> options) throws ConnectorException {
        return connector.source(options(connector, options));
    }

    public static Options options(Connector connector, Map<String, Object> written) {
        List<Problem> problems = new ArrayList<>();
        OptionParser parser = new OptionParser(
                Objects.requireNonNull(connector.descriptor().source()).options());
        return parser.parse(written, problems).orElseThrow(() -> new AssertionError(problems));
    }

    /** Options for impatient tests: repeats come after milliseconds. */
    public static Map<String, Object> with(Map<String, Object> options, Object... more) {
        Map<String, Object> all = new LinkedHashMap<>(options);
        for (int i = 0; i < more.length; i += 2) {
            all.put((String) more[i], more[i + 1]);
        }
        return all;
    }

    public static List<Map<String, @Nullable Object>> rows(List<RecordBatch> batches) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (RecordBatch batch : batches) {
            RowCursor cursor = new RowCursor(batch.schema());
            for (int i = 0; i < batch.size(); i++) {
                rows.add(cursor.wrap(batch.rows(), i).toMap());
            }
        }
        return rows;
    }

    /** All rows of all splits. */
    public static List<Map<String, @Nullable Object>> readAll(SourceConnector connector, Map<String, Object> options)
            throws ConnectorException {
        try (Source source = source(connector, options)) {
            Discovery found = source.discover();
            List<RecordBatch> batches = new ArrayList<>();
            for (Split split : found.splits()) {
                source.read(split, Optional.empty(), found.schema())
                        .toIterable()
                        .forEach(batches::add);
            }
            return rows(batches);
        }
    }
}
