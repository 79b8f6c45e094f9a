package io.streamforge.connector;

/**
 * Who reads.
 *
 * @param workflow the workflow's name; what a source keeps in its system, such as a replication slot, is named after it
 * @param vertex the source's vertex, without the number of the task
 */
public record SourceContext(String workflow, String vertex) {}
