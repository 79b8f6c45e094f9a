package io.streamforge.queue.run;

import java.time.Instant;
import java.util.List;

/**
 * Failures of a vertex.
 *
 * @param total over the run's life
 * @param inRow since the worker last made progress
 * @param recent when the last ones happened, oldest first
 */
public record Restarts(int total, int inRow, List<Instant> recent) {

    public static final Restarts NONE = new Restarts(0, 0, List.of());

    public Restarts {
        recent = List.copyOf(recent);
    }
}
