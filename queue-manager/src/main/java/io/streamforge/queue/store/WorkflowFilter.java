package io.streamforge.queue.store;

/**
 * @param contains part of the name, in any case; empty for all
 * @param descending reverses the order
 * @param limit 1 to 1000
 */
public record WorkflowFilter(String contains, Sort sort, boolean descending, int offset, int limit) {

    public enum Sort {
        NAME,
        CREATED_AT,
        UPDATED_AT
    }

    public WorkflowFilter {
        RunFilter.requirePage(offset, limit);
    }
}
