package io.streamforge.queue.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Failures of a vertex, or of the preparation.
 *
 * @param total over the run's life
 * @param inRow since the last progress
 * @param recent when the last ones happened, oldest first
 */
public record Restarts(int total, int inRow, List<Instant> recent) {

    public static final Restarts NONE = new Restarts(0, 0, List.of());

    private static final int REMEMBERED = 100;

    public Restarts {
        recent = List.copyOf(recent);
    }

    public Restarts failed(Instant at) {
        List<Instant> times = new ArrayList<>(recent);
        times.add(at);
        return new Restarts(total + 1, inRow + 1, times.subList(Math.max(0, times.size() - REMEMBERED), times.size()));
    }

    public Restarts progressed() {
        return inRow == 0 ? this : new Restarts(total, 0, recent);
    }
}
