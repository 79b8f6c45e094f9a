package io.streamforge.graph;

import java.util.List;

/** What the edges of a relation are weighed by. What it gives depends on the numbers of the window's steps alone. */
interface Measure {

    /**
     * Takes in what one row says of a step.
     *
     * @param from id of the vertex the number belongs to, or at which the edge begins
     * @param to id of the vertex at which the edge ends; the same as {@code from} when the number belongs to a vertex
     */
    void add(String from, String to, long step, double value);

    /** All edges of the window from step {@code from} (included) to step {@code to} (excluded), which has a weight. */
    List<Weighed> weigh(long from, long to);

    /** Forgets what has no number since a step. */
    void forgetBefore(long step);
}
