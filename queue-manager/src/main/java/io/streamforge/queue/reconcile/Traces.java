package io.streamforge.queue.reconcile;

import java.util.Map;

/** What a workflow has left where neither the store nor the broker is: in its source's system, and among the secrets. */
public interface Traces {

    /**
     * Removes them; may be called again. What cannot be removed is logged, with what is to be done by hand.
     *
     * @param spec the workflow's document, with its references
     */
    void remove(String workflow, Map<String, Object> spec);
}
