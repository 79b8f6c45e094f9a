package io.streamforge.queue.reconcile;

import java.util.Map;

/** What a workflow has left where neither the store nor the broker is: in its source's system, and among the secrets. */
public interface Traces {

    /**
     * Removes them; may be called again. What cannot be removed is logged, with what is to be done by hand. Whoever deletes a workflow keeps
     * a {@link io.streamforge.queue.store.Remnant} of it with that, so that what is not removed at once is removed later, also by another process.
     *
     * @param spec the workflow's document, with its references
     */
    void remove(String workflow, Map<String, Object> spec);
}
