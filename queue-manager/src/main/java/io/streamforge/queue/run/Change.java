package io.streamforge.queue.run;

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

    public boolean changes(Run before) {
        return run.version() != before.version();
    }
}
