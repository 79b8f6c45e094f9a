package io.streamforge.queue.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.GraphStore;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Subject;
import io.streamforge.queue.graph.GraphStores;
import io.streamforge.queue.store.Write;
import io.streamforge.queue.testing.MemoryGraph;
import io.streamforge.queue.testing.TestServer;
import io.streamforge.queue.testing.TestServer.Answer;
import io.streamforge.queue.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class GraphsApiIT {

    private static final MemoryGraph MARKET = MemoryGraph.of("next:a>b", "next:b>c", "jump:a>c", "next:x>y");

    private static TestServer server;

    /** Reaches the one graph, unless the options name another system. */
    private static final class OneGraph implements GraphStores {

        @Override
        public boolean holdsGraphs(String connector) {
            return connector.equals("holding");
        }

        @Override
        public GraphStore open(String connector, Map<String, Object> options) throws ConnectorException {
            Object place = options.getOrDefault("place", "here");
            if (place.equals("here")) {
                return MARKET;
            }
            throw place.equals("empty")
                    ? new ConnectorException("GRAPH-MISSING", Category.FATAL, "there are no tables", "run the workflow")
                    : new ConnectorException("JDBC-CONNECTION", Category.CONNECTION, "nobody answers", null);
        }
    }

    @BeforeAll
    static void startServer(@TempDir Path directory) throws IOException {
        server =
                new TestServer(directory, Map.of(), more -> more.registerBean(GraphStores.class, () -> new OneGraph()));
        store("market", "graph", Map.of("connector", "holding", "options", Map.of("graph", "assets")));
        store("empty", "graph", Map.of("connector", "holding", "options", Map.of("place", "empty")));
        store("away", "graph", Map.of("connector", "holding", "options", Map.of("place", "elsewhere")));
        store("rows", "filter", Map.of("connector", "holding", "options", Map.of()));
        store("files", "graph", Map.of("connector", "file", "options", Map.of()));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static void store(String name, String operator, Map<String, Object> sink) {
        Map<String, Object> spec = Map.of(
                "name",
                name,
                "source",
                Map.of("connector", "numbers"),
                "operators",
                List.of(Map.of(operator, "x")),
                "sinks",
                List.of(sink));
        server.store.write(List.of(
                new Write.PutWorkflow(new Workflow(name, 1, spec, Subject.NONE, Instant.EPOCH, Instant.EPOCH))));
    }

    @Test
    void shouldListTheGraphsThatWorkflowsWrite() {
        JsonNode list = server.get("/api/v1/graphs").json();

        assertThat(list.path("items")
                        .valueStream()
                        .map(graph -> graph.path("name").asString() + " by "
                                + graph.path("workflow").asString()))
                .containsExactly("away by away", "empty by empty", "assets by market");
    }

    @Test
    void shouldShowAVertexByTheNameOfTheGraphOrItsWorkflow() {
        for (String name : List.of("assets", "market")) {
            JsonNode vertex =
                    server.get("/api/v1/graphs/" + name + "/vertices/n:a").json();

            assertThat(vertex.path("name").asString()).isEqualTo("a");
            assertThat(vertex.path("properties").path("rank").asInt()).isEqualTo(1);
            assertThat(vertex.path("valid_from").asString()).isEqualTo("2024-08-01T00:00:00Z");
            assertThat(vertex.has("depth")).isFalse();
        }
    }

    @Test
    void shouldAnswerWhatIsNear() {
        JsonNode found = server.get("/api/v1/graphs/market/vertices/n:a/neighbours?depth=2&label=next")
                .json();

        assertThat(found.path("vertices")
                        .valueStream()
                        .map(vertex -> vertex.path("id").asString()
                                + vertex.path("depth").asInt()))
                .containsExactly("n:b1", "n:c2");
        assertThat(found.path("edges").path(0).path("weight").asDouble()).isEqualTo(0.5);
        assertThat(found.path("truncated").asBoolean()).isFalse();
    }

    @Test
    void shouldAnswerHowTwoVerticesHangTogether() {
        JsonNode path = server.get("/api/v1/graphs/market/path?from=n:a&to=n:c&label=next")
                .json();

        assertThat(path.path("length").asInt()).isEqualTo(2);
        assertThat(path.path("vertices").valueStream().map(vertex -> vertex.path("name")
                        .asString()))
                .containsExactly("a", "b", "c");
    }

    @Test
    void shouldRefuseWhatCannotBeAnsweredWithACode() {
        requireProblem(404, "GRAPH-UNKNOWN", "/api/v1/graphs/rows/vertices/n:a");
        requireProblem(404, "GRAPH-UNKNOWN", "/api/v1/graphs/files/vertices/n:a");
        requireProblem(404, "GRAPH-MISSING", "/api/v1/graphs/empty/vertices/n:a");
        requireProblem(503, "JDBC-CONNECTION", "/api/v1/graphs/away/vertices/n:a");
        requireProblem(404, "VERTEX-UNKNOWN", "/api/v1/graphs/market/vertices/n:q/neighbours");
        requireProblem(404, "GRAPH-NO-PATH", "/api/v1/graphs/market/path?from=n:a&to=n:x");
        requireProblem(422, "PARAMETER", "/api/v1/graphs/market/vertices/n:a/neighbours?depth=11");
        requireProblem(422, "PARAMETER", "/api/v1/graphs/market/vertices/n:a/neighbours?direction=up");
        assertThat(server.get("/api/v1/graphs/market/vertices/n:a/neighbours?depth=many")
                        .status())
                .isEqualTo(400);
    }

    private static void requireProblem(int status, String code, String path) {
        Answer answer = server.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("code").asString()).isEqualTo(code);
    }
}
