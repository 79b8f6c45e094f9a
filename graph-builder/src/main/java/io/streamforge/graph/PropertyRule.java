package io.streamforge.graph;

import io.streamforge.operators.expression.Expression;
import io.streamforge.record.DataType.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A property of a vertex or an edge.
 *
 * @param value null for a COUNT of rows
 */
record PropertyRule(String name, @Nullable Expression value, Merge merge) {

    /** True for values that are JSON text already. */
    boolean json() {
        return value != null && value.type().kind() == Kind.JSON;
    }
}
