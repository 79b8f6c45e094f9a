package io.streamforge.loader.api.exchange;

import io.streamforge.loader.api.http.Pauses;
import io.streamforge.loader.api.http.Throttle;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;

/** Pauses until the exchange counts a new minute when most of this one's request weight is used, by whomever. */
final class UsedWeight implements Throttle {

    private static final String HEADER = "X-MBX-USED-WEIGHT-1M";
    private static final long MINUTE = 60_000;

    private final int limit;
    private final Clock clock;
    private final Pauses pauses;
    private long usedUpMinute = -1;

    UsedWeight(int limit, Clock clock, Pauses pauses) {
        this.limit = limit;
        this.clock = clock;
        this.pauses = pauses;
    }

    @Override
    public void await() throws InterruptedException {
        long rest = rest();
        if (rest > 0) {
            pauses.pause(Duration.ofMillis(rest));
        }
    }

    @Override
    public synchronized void observe(HttpHeaders headers) {
        String used = headers.firstValue(HEADER).orElse("0");
        if (used.matches("\\d{1,9}") && Integer.parseInt(used) >= limit) {
            usedUpMinute = clock.millis() / MINUTE;
        }
    }

    private synchronized long rest() {
        long now = clock.millis();
        return now / MINUTE == usedUpMinute ? (usedUpMinute + 1) * MINUTE - now : 0;
    }
}
