package io.streamforge.queue.reconcile;

import io.streamforge.queue.run.Observation;
import io.streamforge.queue.run.Run;

/** Makes a run ready to be launched. */
public interface Preparer {

    /**
     * Discovers the sources, checks the sinks, registers the schemas and makes the topics. May block and is interrupted when it
     * takes too long or is not wanted any more; doing it again is harmless.
     *
     * @throws PreparationException when the run cannot be made ready
     */
    Observation.Prepared prepare(Run run) throws PreparationException, InterruptedException;
}
