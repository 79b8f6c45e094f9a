package io.streamforge.worker;

import java.util.Map;

/** A task being run; {@link #run} has a thread of its own, the other methods are called from the worker's control thread. */
interface Vertex {

    /** How a run of a vertex ended that did not fail. */
    enum Outcome {
        COMPLETED,
        STOPPED,
        SUPERSEDED
    }

    /**
     * Does the task until it is complete or the signals say stop, and frees everything.
     *
     * @throws VertexFailure when it cannot go on
     * @throws InterruptedException when it was interrupted after its time to stop was over
     */
    Outcome run() throws InterruptedException;

    /** Frees what a thread that does not come back still holds; called once its time to stop is over. */
    void abandon();

    Snapshot snapshot();

    /** What the vertex measures of the system it works with, by name. */
    default Map<String, Long> measures() {
        return Map.of();
    }

    /** True once the task has been understood, its systems reached, and rows can flow. */
    boolean ready();
}
