package io.streamforge.queue.reconcile;

import java.time.Duration;

/**
 * @param threads how many runs are prepared at the same time
 * @param timeout of one preparation
 */
public record PreparationSettings(int threads, Duration timeout) {

    public PreparationSettings {
        if (threads < 1 || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("preparation: threads and timeout must be above 0, got %d and %s"
                    .formatted(threads, timeout));
        }
    }
}
