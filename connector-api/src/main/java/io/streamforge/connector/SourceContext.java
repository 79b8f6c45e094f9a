package io.streamforge.connector;

/**
 * Who reads.
 *
 * @param workflow the workflow's name; what a source keeps in its system, such as a replication slot, is named after it
 * @param vertex the source's vertex, without the number of the task
 * @param joining whether batches may be of tables that have appeared since; see {@link Discovery#joining}
 */
public record SourceContext(String workflow, String vertex, boolean joining) {

    /** Of a source whose tables are those that there are. */
    public SourceContext(String workflow, String vertex) {
        this(workflow, vertex, false);
    }
}
