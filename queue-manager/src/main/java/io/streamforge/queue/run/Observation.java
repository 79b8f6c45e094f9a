package io.streamforge.queue.run;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.SinkNote;
import java.util.List;
import java.util.Map;

/** What came of an {@link Effect}. Carries the attempt it was for, so that a late one is ignored. */
public sealed interface Observation {

    record Admitted() implements Observation {}

    record Prepared(List<Vertex> vertices, List<Edge> edges) implements Observation {}

    record PreparationFailed(ErrorInfo error) implements Observation {}

    /** @param command where the start command stands: {@code queue-control/3/1042} */
    record StartWritten(String vertex, int attempt, String command) implements Observation {}

    record Signalled(String vertex, int attempt, Signal signal) implements Observation {}

    record Launched(String vertex, int attempt) implements Observation {}

    record LaunchFailed(String vertex, int attempt, ErrorInfo error) implements Observation {}

    record EndRead(String edge, Map<Integer, Long> endOffsets) implements Observation {}

    /**
     * How far the workers that share a vertex have come.
     *
     * @param next committed offset per partition
     * @param note their counters, all in all
     * @param lag records before the end of the topic
     */
    record Consumed(String vertex, int attempt, Map<Integer, Long> next, SinkNote note, long lag)
            implements Observation {}

    record Removed(CleanupStep step) implements Observation {}

    /** A command after the start. */
    enum Signal {
        PAUSE,
        RESUME,
        DRAIN,
        STOP
    }

    /** What is removed after the end of a run, in this order. */
    enum CleanupStep {
        WORKERS,
        COMMANDS,
        TOPICS,
        DEAD_LETTERS
    }
}
