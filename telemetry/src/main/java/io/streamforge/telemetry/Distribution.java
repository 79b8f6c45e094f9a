package io.streamforge.telemetry;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import java.time.Duration;
import java.util.Arrays;

/** Counts durations by size, from a millisecond to five minutes; safe for use by several threads. */
public final class Distribution {

    private static final double[] BOUNDS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, Double.POSITIVE_INFINITY
    };
    private static final double NANOS = 1e9;

    private final long[] counts = new long[BOUNDS.length];
    private double sum;

    public synchronized void add(Duration duration) {
        double seconds = Math.max(0, duration.toNanos() / NANOS);
        int index = Arrays.binarySearch(BOUNDS, seconds);
        counts[index < 0 ? -index - 1 : index]++;
        sum += seconds;
    }

    synchronized State state() {
        return new State(ClassicHistogramBuckets.of(BOUNDS, counts.clone()), sum);
    }

    /** @param sum of all durations, seconds */
    record State(ClassicHistogramBuckets buckets, double sum) {}
}
