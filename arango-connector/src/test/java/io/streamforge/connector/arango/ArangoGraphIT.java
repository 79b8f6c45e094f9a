package io.streamforge.connector.arango;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.GraphConnector;
import io.streamforge.connector.GraphTables;
import io.streamforge.connector.OptionParser;
import io.streamforge.connector.Options;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.record.RowSchema;
import io.streamforge.testing.GraphContract;
import io.streamforge.testing.arango.ArangoStub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A named graph, against the stub of the documented API. */
class ArangoGraphIT implements GraphContract {

    private static final AtomicInteger GRAPHS = new AtomicInteger();

    private static ArangoStub stub;

    @BeforeAll
    static void startStub() {
        stub = ArangoStub.start();
    }

    @AfterAll
    static void stopStub() {
        stub.close();
    }

    @Override
    public GraphConnector connector() {
        return new ArangoConnector();
    }

    @Override
    public Map<String, Object> newGraph() {
        Map<String, Object> options = new ArangoServer(stub.host(), stub.port(), ArangoStub.USERNAME, stub.password())
                .options("none", "upsert");
        options.remove("collection");
        options.put("graph", "market" + GRAPHS.incrementAndGet());
        return options;
    }

    @Test
    void shouldCreateTheNamedGraphWithItsCollectionsAndIndexesOnce() throws ConnectorException {
        Map<String, Object> options = newGraph();
        for (int attempt = 0; attempt < 2; attempt++) {
            try (Sink sink = connector().sink(parsed(options));
                    SinkWriter writer = sink.open(new SinkContext(
                            "market", "wf", "sink", "wf-graph-data", List.of(0), GraphTables.SCHEMAS))) {
                assertThat(writer.restore()).isEmpty();
            }
        }

        options.put("create_collection", false);
        try (Sink sink = connector().sink(parsed(options))) {
            assertThat(sink.check(GraphTables.SCHEMAS)).isEmpty();
        }
        assertThat(stub.requests())
                .filteredOn(request -> request.contains("POST /_db/contract/_api/gharial"))
                .hasSizeLessThanOrEqualTo(GRAPHS.get());
        assertThat(stub.requests())
                .anyMatch(request -> request.contains("_api/index?collection=" + options.get("graph") + "_edges"));
    }

    @Test
    void shouldTakeNothingButVerticesAndEdges() throws ConnectorException {
        RowSchema people = GraphTables.SCHEMAS.get(0).withName("people");
        try (Sink sink = connector().sink(parsed(newGraph()))) {
            assertThat(sink.check(List.of(people))).extracting(Problem::code).containsExactly("ARANGODB-NO-GRAPH");
        }
    }

    private Options parsed(Map<String, Object> options) {
        List<Problem> problems = new ArrayList<>();
        return new OptionParser(
                        Objects.requireNonNull(connector().descriptor().sink()).options())
                .parse(options, problems)
                .orElseThrow(() -> new AssertionError(problems));
    }
}
