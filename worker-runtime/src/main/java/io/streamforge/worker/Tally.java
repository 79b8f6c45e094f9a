package io.streamforge.worker;

import io.streamforge.telemetry.Distribution;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** What this process has done for its vertex, committed or not; what the run has is the {@link Snapshot}'s. */
final class Tally {

    /** Older rows are history: how long they took says nothing about the worker. */
    private static final Duration LIVE = Duration.ofDays(1);

    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong letters = new AtomicLong();
    private final Distribution writes = new Distribution();
    private final Distribution ages = new Distribution();

    void committed() {
        batches.incrementAndGet();
    }

    void retried() {
        retries.incrementAndGet();
    }

    void lettersWritten(int number) {
        letters.addAndGet(number);
    }

    /** @param sourceMillis time of the oldest row by the source's clock, {@link Long#MAX_VALUE} when there is none */
    void written(Duration time, long sourceMillis) {
        writes.add(time);
        if (sourceMillis == Long.MAX_VALUE) {
            return;
        }
        Duration age = Duration.ofMillis(Instant.now().toEpochMilli() - sourceMillis);
        if (age.compareTo(LIVE) < 0) {
            ages.add(age);
        }
    }

    long batches() {
        return batches.get();
    }

    long retries() {
        return retries.get();
    }

    long letters() {
        return letters.get();
    }

    Distribution writes() {
        return writes;
    }

    Distribution ages() {
        return ages;
    }
}
