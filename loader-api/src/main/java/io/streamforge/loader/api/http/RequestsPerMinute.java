package io.streamforge.loader.api.http;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;

/** At most so many attempts in any minute of this process. */
final class RequestsPerMinute implements Throttle {

    private static final Duration PATIENCE = Duration.ofDays(1);

    private final RateLimiter limiter;
    private final Pauses pauses;

    RequestsPerMinute(int requests, Pauses pauses) {
        this.pauses = pauses;
        limiter = RateLimiter.of(
                "requests",
                RateLimiterConfig.custom()
                        .limitForPeriod(requests)
                        .limitRefreshPeriod(Duration.ofMinutes(1))
                        .timeoutDuration(PATIENCE)
                        .build());
    }

    @Override
    public void await() throws InterruptedException {
        long nanos = limiter.reservePermission();
        if (nanos > 0) {
            pauses.pause(Duration.ofNanos(nanos));
        }
    }
}
