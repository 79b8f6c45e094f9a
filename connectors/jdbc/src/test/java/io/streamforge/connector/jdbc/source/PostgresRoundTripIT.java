package io.streamforge.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.OptionParser;
import io.streamforge.connector.Options;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.Source;
import io.streamforge.connector.jdbc.PostgresConnector;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import io.streamforge.testing.RandomRows;
import io.streamforge.testing.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of every type that a table can have come back to PostgreSQL as they were. */
class PostgresRoundTripIT {

    private static final int ROWS = 400;
    private static final List<String> TYPES = List.of(
            "BOOLEAN",
            "INT32",
            "INT64",
            "UINT64",
            "FLOAT32",
            "FLOAT64",
            "DECIMAL(12,2)",
            "DECIMAL(9,9)",
            "DECIMAL(60,20)",
            "STRING",
            "BYTES",
            "UUID",
            "DATE",
            "TIME(0)",
            "TIME(6)",
            "TIMESTAMP(3)",
            "TIMESTAMP(6)",
            "TIMESTAMP_TZ(0)",
            "TIMESTAMP_TZ(6)",
            "INTERVAL",
            "JSON",
            "ARRAY(INT64)",
            "ARRAY(STRING)",
            "ARRAY(DECIMAL(12,2))",
            "MAP(STRING)");

    private final PostgresDatabase database = EmbeddedPostgresServer.shared().newDatabase();
    private final PostgresConnector connector = new PostgresConnector();
    private final SourceReader reader = new SourceReader(connector, access());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldBringRandomRowsBackAsTheyWere(long seed) throws ConnectorException {
        // given
        RowSchema schema = schema();
        RandomRows random = new RandomRows(seed);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (long id = 0; id < ROWS; id++) {
            List<@Nullable Object> row = random.row(schema);
            row.set(0, id);
            rows.add(row);
        }
        write("first", schema, rows);

        // when
        try (Source source = reader.source(Map.of("table", "first"))) {
            Discovery found = source.discover();
            write("second", found.schema(), reader.rows(source, found, 0));
        }

        // then
        String difference = "SELECT count(*) FROM (TABLE %s EXCEPT TABLE %s) AS d";
        assertThat(database.number("SELECT count(*) FROM second")).isEqualTo(ROWS);
        assertThat(database.number(difference.formatted("first", "second"))).isZero();
        assertThat(database.number(difference.formatted("second", "first"))).isZero();
    }

    private static RowSchema schema() {
        List<Column> columns = new ArrayList<>(List.of(Column.required("id", DataType.INT64)));
        TYPES.forEach(type -> columns.add(Column.nullable("c" + columns.size(), DataType.parse(type))));
        return new RowSchema("rows", columns, List.of("id"));
    }

    private void write(String table, RowSchema schema, List<List<@Nullable Object>> rows) throws ConnectorException {
        Records records = Records.of(schema, 0, 0);
        rows.forEach(records::put);
        Map<String, Object> options = access();
        options.put("table", table);
        Options parsed = new OptionParser(
                        Objects.requireNonNull(connector.descriptor().sink()).options())
                .parse(options, new ArrayList<>())
                .orElseThrow();
        SinkContext context = new SinkContext("test", "wf-test-20240801-a1b2c3", table, "wf-data", List.of(0), schema);
        try (Sink sink = connector.sink(parsed);
                SinkWriter writer = sink.open(context)) {
            writer.restore();
            assertThat(writer.write(records.batch()).rejected()).isEmpty();
        }
    }

    private Map<String, Object> access() {
        return new java.util.HashMap<>(Map.of("url", database.url(), "username", "postgres", "password", "postgres"));
    }
}
