package io.streamforge.queue.run;

import io.streamforge.queue.run.Observation.CleanupStep;
import io.streamforge.queue.run.Observation.Signal;
import java.time.Duration;

/** Something to be done in the world; each is idempotent, so that it may be done again after a crash. */
public sealed interface Effect {

    /** Discover the source, check the sinks, register schemas, make topics. Takes long; the answer comes later. */
    record Prepare() implements Effect {}

    /** Write the start command; fences the producers of earlier attempts first. */
    record WriteStart(Vertex vertex) implements Effect {}

    record Send(Vertex vertex, Signal signal) implements Effect {}

    record Launch(Vertex vertex, String command) implements Effect {}

    /** Make sure that nothing of this name runs any more, at the latest after the grace. */
    record Remove(String task, Duration grace) implements Effect {}

    /** Look how far the workers that share a vertex have come. */
    record LookAtGroup(Vertex vertex) implements Effect {}

    /** Read the committed end of an edge's topic. */
    record ReadEnd(Edge edge) implements Effect {}

    record CleanUp(CleanupStep step) implements Effect {}
}
