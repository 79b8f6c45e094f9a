package io.streamforge.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.GraphConnector;
import io.streamforge.connector.GraphStore;
import io.streamforge.connector.GraphStore.Direction;
import io.streamforge.connector.GraphStore.Edge;
import io.streamforge.connector.GraphStore.Vertex;
import io.streamforge.connector.GraphTables;
import io.streamforge.connector.OptionParser;
import io.streamforge.connector.Options;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.messages.Json;
import io.streamforge.record.Framing;
import io.streamforge.record.Op;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of graphs keeps to: a graph that was written can be asked. */
public interface GraphContract {

    /** Rows of the graph that is asked. */
    int WRITTEN = 8;

    String PROPERTIES = "{\"close\":1.5,\"note\":\"it's\"}";

    GraphConnector connector();

    /** Options of a sink that writes a graph nobody else uses, and creates what it needs. */
    Map<String, Object> newGraph();

    @Test
    default void shouldFindTheVerticesThatWereWritten() throws ConnectorException {
        Options graph = written();

        try (GraphStore store = connector().graph(graph)) {
            List<Vertex> found = store.vertices(List.of("symbol:BTCUSDT", "asset:BTC", "asset:nobody"));

            assertThat(found).extracting(Vertex::id).containsExactlyInAnyOrder("symbol:BTCUSDT", "asset:BTC");
            Vertex symbol = found.stream()
                    .filter(vertex -> vertex.label().equals("symbol"))
                    .findFirst()
                    .orElseThrow();
            assertThat(symbol.name()).isEqualTo("BTCUSDT");
            assertThat(Json.MAPPER.readTree(symbol.properties())).isEqualTo(Json.MAPPER.readTree(PROPERTIES));
            assertThat(symbol.validFrom()).isEqualTo("2024-08-01T00:00:00Z");
            assertThat(symbol.validTo()).isNull();
        }
    }

    @Test
    default void shouldFindEdgesByEitherEndLabelAndLimit() throws ConnectorException {
        Options graph = written();

        try (GraphStore store = connector().graph(graph)) {
            assertThat(edges(store, Direction.ANY, null, 10, "symbol:BTCUSDT"))
                    .containsExactly(
                            "base_of:asset:BTC|symbol:BTCUSDT",
                            "correlates:symbol:BTCUSDT|symbol:ETHUSDT",
                            "quotes:asset:USDT|symbol:BTCUSDT");
            assertThat(edges(store, Direction.OUT, null, 10, "symbol:BTCUSDT"))
                    .containsExactly("correlates:symbol:BTCUSDT|symbol:ETHUSDT");
            assertThat(edges(store, Direction.IN, null, 10, "symbol:BTCUSDT", "symbol:ETHUSDT"))
                    .hasSize(4);
            assertThat(edges(store, Direction.ANY, "quotes", 10, "symbol:BTCUSDT", "asset:USDT"))
                    .containsExactly("quotes:asset:USDT|symbol:BTCUSDT", "quotes:asset:USDT|symbol:ETHUSDT");
            assertThat(edges(store, Direction.ANY, null, 2, "symbol:BTCUSDT")).hasSize(2);
            Edge correlation = store.edges(List.of("symbol:ETHUSDT"), Direction.ANY, Optional.of("correlates"), 1)
                    .get(0);
            assertThat(correlation.from()).isEqualTo("symbol:BTCUSDT");
            assertThat(correlation.to()).isEqualTo("symbol:ETHUSDT");
            assertThat(correlation.weight()).isEqualTo(0.75);
            assertThat(correlation.validTo()).isEqualTo("2024-08-02T00:00:00.000001Z");
        }
    }

    @Test
    default void shouldForgetAnEdgeThatWasDeleted() throws ConnectorException {
        Options graph = written();

        write(graph, new Rows(WRITTEN).delete("correlates:symbol:BTCUSDT|symbol:ETHUSDT"));

        try (GraphStore store = connector().graph(graph)) {
            assertThat(edges(store, Direction.ANY, "correlates", 10, "symbol:BTCUSDT"))
                    .isEmpty();
            assertThat(edges(store, Direction.ANY, null, 10, "symbol:BTCUSDT")).hasSize(2);
        }
    }

    @Test
    default void shouldSayThatNobodyHasWrittenTheGraph() {
        assertThatThrownBy(() -> connector().graph(options(newGraph())).close())
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        failure -> assertThat(failure.error().code()).isEqualTo("GRAPH-MISSING"));
    }

    private Options written() throws ConnectorException {
        Options options = options(newGraph());
        write(
                options,
                new Rows(0)
                        .vertex("asset", "BTC", "{}", null)
                        .vertex("asset", "USDT", "{}", null)
                        .vertex("symbol", "BTCUSDT", PROPERTIES, Instant.parse("2024-08-01T00:00:00Z"))
                        .vertex("symbol", "ETHUSDT", "{}", null)
                        .edge("base_of", "asset:BTC", "symbol:BTCUSDT", null, null)
                        .edge("quotes", "asset:USDT", "symbol:BTCUSDT", null, null)
                        .edge("quotes", "asset:USDT", "symbol:ETHUSDT", null, null)
                        .edge(
                                "correlates",
                                "symbol:BTCUSDT",
                                "symbol:ETHUSDT",
                                0.75,
                                Instant.parse("2024-08-02T00:00:00.000001Z")));
        return options;
    }

    private void write(Options options, Rows rows) throws ConnectorException {
        SinkContext context =
                new SinkContext("market", "wf-market", "sink", "wf-market-graph-data", List.of(0), GraphTables.SCHEMAS);
        try (Sink sink = connector().sink(options)) {
            assertThat(sink.check(GraphTables.SCHEMAS)).isEmpty();
            try (SinkWriter writer = sink.open(context)) {
                writer.restore();
                assertThat(writer.write(rows.batch()).rejected()).isEmpty();
            }
        }
    }

    private Options options(Map<String, Object> written) {
        List<Problem> problems = new ArrayList<>();
        return new OptionParser(
                        Objects.requireNonNull(connector().descriptor().sink()).options())
                .parse(written, problems)
                .orElseThrow(() -> new AssertionError(problems));
    }

    private static List<String> edges(
            GraphStore store, Direction direction, @Nullable String label, int limit, String... ids)
            throws ConnectorException {
        return store.edges(List.of(ids), direction, Optional.ofNullable(label), limit).stream()
                .map(Edge::id)
                .toList();
    }

    /** A batch of the two tables. */
    final class Rows {

        private final SinkBatch batch = new SinkBatch();
        private final long first;
        private long next;

        Rows(long first) {
            this.first = first;
            next = first;
        }

        Rows vertex(String label, String name, String properties, @Nullable Instant from) {
            return put(GraphTables.VERTICES, label + ":" + name, label, name, properties, from, null);
        }

        Rows edge(String label, String from, String to, @Nullable Double weight, @Nullable Instant end) {
            return put(GraphTables.EDGES, label + ":" + from + "|" + to, label, from, to, weight, "{}", null, end);
        }

        Rows delete(String edge) {
            RowSchema keys = GraphTables.SCHEMAS.get(GraphTables.EDGES).keySchema();
            batch.add(0, next++, framed(keys, List.of(edge)), null, Op.DELETE, GraphTables.EDGES);
            return this;
        }

        SinkBatch batch() {
            batch.cover(0, first, next);
            return batch;
        }

        private Rows put(int table, @Nullable Object... values) {
            RowSchema schema = GraphTables.SCHEMAS.get(table);
            ByteBuffer key = framed(schema.keySchema(), List.of(Objects.requireNonNull(values[0])));
            batch.add(0, next++, key, framed(schema, Arrays.asList(values)), Op.UPSERT, table);
            return this;
        }

        private static ByteBuffer framed(RowSchema schema, List<? extends @Nullable Object> values) {
            byte[] row = RowWriter.encode(schema, values);
            return ByteBuffer.wrap(Framing.frame(1, row, 0, row.length));
        }
    }
}
