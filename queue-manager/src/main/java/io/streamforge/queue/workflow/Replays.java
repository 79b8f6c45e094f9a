package io.streamforge.queue.workflow;

import io.streamforge.messages.DeadLetter;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.Vertex;
import io.streamforge.queue.workflow.RefusedException.Reason;
import java.util.List;

/** Whether what a run has rejected can be written again. */
final class Replays {

    /** As many as are read of a run's dead letters. */
    private static final int MOST_LETTERS = 10_000;

    private Replays() {}

    /** @throws RefusedException saying what stands against it */
    static void requirePossible(Run rejecting, List<DeadLetter> letters) {
        List<String> sinks = rejecting.vertices().stream()
                .filter(Vertex::sink)
                .map(Vertex::name)
                .toList();
        long rows = letters.stream()
                .filter(letter -> letter.row() && sinks.contains(letter.vertex()))
                .count();
        if (rows == 0) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "NOTHING-TO-REPLAY",
                    "run %s has no rows that a target has rejected; input that never became a row is read again by another run"
                            .formatted(rejecting.queueId()));
        }
        if (letters.size() >= MOST_LETTERS) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "REPLAY-TOO-LARGE",
                    "run %s has rejected %d rows or more; start the workflow again with from: fresh instead"
                            .formatted(rejecting.queueId(), MOST_LETTERS));
        }
        if (rejecting.vertices().stream().anyMatch(Replays::replaces)) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "REPLAY-REPLACES",
                    "a target of run %s is replaced as a whole; start the workflow again instead"
                            .formatted(rejecting.queueId()));
        }
    }

    private static boolean replaces(Vertex vertex) {
        return vertex.sink() && "replace".equals(vertex.task().options().get("mode"));
    }
}
