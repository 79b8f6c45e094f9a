package io.streamforge.dummy.load;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts of latencies, to within two per cent; safe for use by several threads. */
final class Latencies {

    /** Steps of each power of two. */
    private static final int STEPS = 64;

    private static final int POWERS = 40;

    private final AtomicLongArray counts = new AtomicLongArray(STEPS * POWERS);

    void add(long nanos) {
        counts.incrementAndGet(bucket(Math.max(0, nanos / 1_000)));
    }

    private static int bucket(long micros) {
        if (micros < STEPS) {
            return (int) micros;
        }
        int power = 63 - Long.numberOfLeadingZeros(micros);
        int step = (int) (micros >>> (power - 6)) - STEPS;
        return Math.min(STEPS * POWERS - 1, (power - 5) * STEPS + step);
    }

    /** The largest latency of a bucket, in microseconds. */
    private static long upper(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int power = bucket / STEPS + 5;
        return ((STEPS + bucket % STEPS + 1L) << (power - 6)) - 1;
    }

    /** Milliseconds that a share of all do not exceed; 0 when there are none. */
    double percentile(double share) {
        long all = 0;
        for (int i = 0; i < counts.length(); i++) {
            all += counts.get(i);
        }
        long wanted = (long) Math.ceil(all * share);
        long seen = 0;
        for (int i = 0; i < counts.length() && wanted > 0; i++) {
            seen += counts.get(i);
            if (seen >= wanted) {
                return upper(i) / 1_000.0;
            }
        }
        return 0;
    }
}
