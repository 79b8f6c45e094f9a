package io.streamforge.dummy.exchange;

import java.time.Clock;
import java.time.Duration;

/** Weight spent by all clients in a fixed window, as the exchange counts it per address. */
final class WeightLimit {

    private final long limit;
    private final long windowMillis;
    private final Clock clock;
    private long window;
    private long used;

    WeightLimit(long limit, Duration window, Clock clock) {
        this.limit = limit;
        this.windowMillis = window.toMillis();
        this.clock = clock;
    }

    /** @param retryAfter seconds to wait, 0 when the call is within the limit */
    record Charge(long used, long retryAfter) {}

    synchronized Charge charge(int weight) {
        long now = clock.millis();
        if (now / windowMillis != window) {
            window = now / windowMillis;
            used = 0;
        }
        used += weight;
        if (used <= limit) {
            return new Charge(used, 0);
        }
        long rest = (window + 1) * windowMillis - now;
        return new Charge(used, Math.max(1, (rest + 999) / 1000));
    }
}
