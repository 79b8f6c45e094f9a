package io.streamforge.queue.run;

import java.util.ArrayList;
import java.util.List;

/**
 * A run after a move, with the history the move made. A move that changes nothing returns the very run it was given.
 */
public record Change(Run run, List<HistoryEntry> history) {

    public Change {
        history = List.copyOf(history);
    }

    static Change none(Run run) {
        return new Change(run, List.of());
    }

    /** A run left as it is. */
    public static Change of(Run run) {
        return none(run);
    }

    /** This change and then the next, which was made from this one's run. */
    public Change then(Change next) {
        List<HistoryEntry> both = new ArrayList<>(history);
        both.addAll(next.history);
        return new Change(next.run, both);
    }

    public boolean changes(Run before) {
        return run.version() != before.version();
    }
}
