package io.streamforge.graph;

import io.streamforge.operators.expression.Expression;
import org.jspecify.annotations.Nullable;

/**
 * How a row becomes an edge.
 *
 * @param key tells edges between the same vertices apart; null when there is one at most
 * @param weight null when edges have none
 */
record EdgeRule(
        ElementRule element,
        Endpoint from,
        Endpoint to,
        @Nullable Expression key,
        @Nullable Expression weight) {

    /**
     * A vertex that an edge begins or ends at.
     *
     * @param key of a vertex that another row makes; null when it is the one that the rule makes of the same row
     */
    record Endpoint(VertexRule vertex, @Nullable Expression key) {}
}
