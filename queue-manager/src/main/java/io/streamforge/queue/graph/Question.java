package io.streamforge.queue.graph;

import io.streamforge.connector.GraphStore.Direction;
import java.util.Locale;
import java.util.Optional;

/**
 * Which edges to follow, and how far.
 *
 * @param depth edges from the vertex asked about
 * @param label of the edges; all when empty
 * @param limit the most vertices to return
 */
public record Question(int depth, Optional<String> label, Direction direction, int limit) {

    static final int MAX_DEPTH = 10;
    public static final int MAX_VERTICES = 1_000;

    /** @throws IllegalArgumentException saying which bound is exceeded */
    public Question {
        require("depth", depth, MAX_DEPTH);
        require("limit", limit, MAX_VERTICES);
    }

    /** @throws IllegalArgumentException when it is none of them */
    public static Direction direction(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "out" -> Direction.OUT;
            case "in" -> Direction.IN;
            case "any" -> Direction.ANY;
            default -> throw new IllegalArgumentException("direction is one of any, in, out");
        };
    }

    private static void require(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be 1 to " + most);
        }
    }
}
