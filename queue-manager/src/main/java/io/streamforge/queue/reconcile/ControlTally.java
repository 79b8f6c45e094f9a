package io.streamforge.queue.reconcile;

import io.streamforge.telemetry.Distribution;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the reconciler and the intake of events have done since this process began; safe for use by several threads. */
final class ControlTally {

    private final Distribution passes = new Distribution();
    private final Distribution delays = new Distribution();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private volatile @Nullable Instant lookedAt;

    void passed(Duration time) {
        passes.add(time);
    }

    void failed() {
        failures.incrementAndGet();
    }

    /** @param delay from the event's being written to its being taken in */
    void tookIn(Duration delay) {
        events.incrementAndGet();
        delays.add(delay);
    }

    /** All runs are looked at; null when that is somebody else's to do. */
    void looked(@Nullable Instant at) {
        lookedAt = at;
    }

    Distribution passes() {
        return passes;
    }

    Distribution delays() {
        return delays;
    }

    long failures() {
        return failures.get();
    }

    long events() {
        return events.get();
    }

    @Nullable Instant lookedAt() {
        return lookedAt;
    }
}
