package io.streamforge.graph;

import io.streamforge.operators.expression.Expression;
import java.util.Optional;

/**
 * How edges are weighed over windows of event time. All spans are in steps.
 *
 * @param from rule of the vertex that a row's number belongs to, or at which the edge begins
 * @param to rule of the vertex at which the edge ends; the same as {@code from} for a correlation
 * @param stepMicros length of a step
 * @param window length of a window
 * @param every distance of boundaries; empty when there is one boundary, the end of the input
 * @param delay how much later than a boundary a row must be to prove that it has passed
 * @param threshold smallest absolute weight of an edge
 * @param topK an edge must be among so many heaviest ones of one of its vertices; empty when all may stay
 * @param minSamples steps that a correlation must rest on
 */
record RelationRule(
        String label,
        Kind kind,
        int table,
        VertexRule from,
        VertexRule to,
        Expression time,
        Expression value,
        Returns returns,
        long stepMicros,
        int window,
        Optional<Integer> every,
        int delay,
        double threshold,
        Optional<Integer> topK,
        int minSamples) {

    /** Vertices, or pairs of them, that a relation keeps numbers of. */
    static final int MOST_SERIES = 2_000;

    enum Kind {
        CORRELATION,
        SUM
    }

    Measure newMeasure() {
        return kind == Kind.CORRELATION ? new Correlation(this) : new WindowedSum(this);
    }

    /** A window, the step before it, and what comes in until the next boundary is given. */
    int keptSteps() {
        return window + 2 + every.orElse(0) + delay;
    }

    void requireRoom(int series) {
        if (series >= MOST_SERIES) {
            throw new IllegalStateException("relation '" + label + "' has numbers of more than " + MOST_SERIES + " "
                    + (kind == Kind.CORRELATION ? "vertices" : "pairs of vertices")
                    + "; let fewer rows through with a filter operator");
        }
    }
}
