package io.streamforge.queue.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.GraphStore.Direction;
import io.streamforge.connector.GraphStore.Edge;
import io.streamforge.connector.GraphStore.Vertex;
import io.streamforge.queue.testing.MemoryGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WalkTest {

    /** a → b → c → d, a → c, e → a; z alone. */
    private static final MemoryGraph SMALL =
            MemoryGraph.of("next:a>b", "next:b>c", "next:c>d", "jump:a>c", "next:e>a", "next:z>z");

    @Test
    void shouldFindWhatIsWithinReachNearestFirst() throws ConnectorException {
        Walk.Neighbourhood found = new Walk(SMALL, question(2, null, Direction.ANY, 100)).neighbours("n:a");

        assertThat(found.vertices().stream().map(reached -> reached.vertex().name() + reached.depth()))
                .containsExactly("c1", "b1", "e1", "d2");
        assertThat(found.edges()).hasSize(5);
        assertThat(found.truncated()).isFalse();
    }

    @Test
    void shouldFollowDirectionAndLabel() throws ConnectorException {
        assertThat(names(new Walk(SMALL, question(3, null, Direction.OUT, 100)).neighbours("n:b")))
                .containsExactly("c", "d");
        assertThat(names(new Walk(SMALL, question(9, null, Direction.IN, 100)).neighbours("n:c")))
                .containsExactly("a", "b", "e");
        assertThat(names(new Walk(SMALL, question(9, "jump", Direction.OUT, 100)).neighbours("n:a")))
                .containsExactly("c");
    }

    @Test
    void shouldSayThatThereIsMoreThanTheLimit() throws ConnectorException {
        Walk.Neighbourhood found = new Walk(SMALL, question(1, null, Direction.ANY, 2)).neighbours("n:a");

        assertThat(names(found)).containsExactly("c", "b");
        assertThat(found.truncated()).isTrue();
        assertThat(found.edges())
                .allSatisfy(edge -> assertThat(List.of("n:a", "n:b", "n:c")).contains(edge.from(), edge.to()));
    }

    @Test
    void shouldFindAShortestPath() throws ConnectorException {
        Walk.Path path = new Walk(SMALL, question(6, null, Direction.ANY, 1))
                .path("n:e", "n:d")
                .orElseThrow();

        assertThat(path.vertices()).extracting(Vertex::name).containsExactly("e", "a", "c", "d");
        assertThat(path.edges()).extracting(Edge::label).containsExactly("next", "jump", "next");
        assertThat(new Walk(SMALL, question(6, null, Direction.ANY, 1))
                        .path("n:a", "n:a")
                        .orElseThrow()
                        .edges())
                .isEmpty();
    }

    @Test
    void shouldSayThatThereIsNoPath() throws ConnectorException {
        assertThat(new Walk(SMALL, question(6, null, Direction.ANY, 1)).path("n:a", "n:z"))
                .isEmpty();
        assertThat(new Walk(SMALL, question(2, null, Direction.OUT, 1)).path("n:e", "n:d"))
                .isEmpty();
        assertThat(new Walk(SMALL, question(6, null, Direction.OUT, 1)).path("n:d", "n:a"))
                .isEmpty();
    }

    @Test
    void shouldEndASearchThatLooksAtTooManyEdges() throws ConnectorException {
        List<String> star = new ArrayList<>();
        for (int i = 0; i <= Walk.MAX_EDGES; i++) {
            star.add("next:hub>leaf" + i);
        }
        MemoryGraph graph = MemoryGraph.of(star.toArray(String[]::new));

        assertThat(new Walk(graph, question(2, null, Direction.ANY, 1000)).neighbours("n:hub"))
                .satisfies(found -> {
                    assertThat(found.vertices()).hasSize(1000);
                    assertThat(found.truncated()).isTrue();
                });
        assertThatThrownBy(() -> new Walk(graph, question(3, null, Direction.ANY, 1)).path("n:hub", "n:nobody"))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        failure -> assertThat(failure.error().code()).isEqualTo("GRAPH-TOO-LARGE"));
    }

    @Test
    void shouldBoundTheQuestion() {
        assertThatThrownBy(() -> question(11, null, Direction.ANY, 1)).hasMessage("depth must be 1 to 10");
        assertThatThrownBy(() -> question(1, null, Direction.ANY, 1001)).hasMessage("limit must be 1 to 1000");
        assertThatThrownBy(() -> Question.direction("up")).hasMessage("direction is one of any, in, out");
    }

    private static List<String> names(Walk.Neighbourhood found) {
        return found.vertices().stream().map(reached -> reached.vertex().name()).toList();
    }

    private static Question question(int depth, @Nullable String label, Direction direction, int limit) {
        return new Question(depth, Optional.ofNullable(label), direction, limit);
    }
}
