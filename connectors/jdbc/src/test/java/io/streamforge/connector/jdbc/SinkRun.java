package io.streamforge.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionParser;
import io.streamforge.connector.Options;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkConnector;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.WriteResult;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Shortcuts through the life of a sink. */
record SinkRun(SinkConnector connector, Map<String, Object> options) {

    Sink sink() throws ConnectorException {
        List<Problem> problems = new ArrayList<>();
        OptionParser parser = new OptionParser(
                Objects.requireNonNull(connector.descriptor().sink()).options());
        Options parsed = parser.parse(options, problems).orElse(null);
        assertThat(problems).isEmpty();
        return connector.sink(Objects.requireNonNull(parsed));
    }

    List<Problem> check(RowSchema schema) throws ConnectorException {
        try (Sink sink = sink()) {
            return sink.check(schema);
        }
    }

    SinkWriter open(RowSchema schema) throws ConnectorException {
        return sink().open(context(schema));
    }

    /** Restores a writer and writes one batch. */
    WriteResult write(RowSchema schema, SinkBatch batch) throws ConnectorException {
        try (SinkWriter writer = open(schema)) {
            writer.restore();
            return writer.write(batch);
        }
    }

    static SinkContext context(RowSchema schema) {
        return new SinkContext("test", "wf-test-20240801-a1b2c3", "sink", "wf-test-data", List.of(0), schema);
    }
}
