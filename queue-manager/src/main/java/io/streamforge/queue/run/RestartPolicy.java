package io.streamforge.queue.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether and when a failed worker, or a failed preparation, is tried again. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "strategy")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RestartPolicy.None.class, name = "none"),
    @JsonSubTypes.Type(value = RestartPolicy.FixedDelay.class, name = "fixed-delay"),
    @JsonSubTypes.Type(value = RestartPolicy.ExponentialBackoff.class, name = "exponential-backoff"),
    @JsonSubTypes.Type(value = RestartPolicy.FailureRate.class, name = "failure-rate")
})
public sealed interface RestartPolicy {

    /**
     * How long to wait before the next attempt.
     *
     * @param failures including the one that just happened
     * @return empty when it is to be given up
     */
    Optional<Duration> delay(Restarts failures, Instant now);

    /** Never again. */
    record None() implements RestartPolicy {
        @Override
        public Optional<Duration> delay(Restarts failures, Instant now) {
            return Optional.empty();
        }
    }

    /** @param maxFailures in a row, without progress between them; 0 for no bound */
    record FixedDelay(Duration delay, int maxFailures) implements RestartPolicy {
        @Override
        public Optional<Duration> delay(Restarts failures, Instant now) {
            return exhausted(failures, maxFailures) ? Optional.empty() : Optional.of(delay);
        }
    }

    /**
     * @param initial first wait
     * @param multiplier of each further wait, at least 1
     * @param maxFailures in a row, without progress between them; 0 for no bound
     */
    record ExponentialBackoff(Duration initial, Duration max, double multiplier, int maxFailures)
            implements RestartPolicy {

        public ExponentialBackoff {
            if (multiplier < 1) {
                throw new IllegalArgumentException("restart.multiplier must be at least 1, got " + multiplier);
            }
        }

        @Override
        public Optional<Duration> delay(Restarts failures, Instant now) {
            if (exhausted(failures, maxFailures)) {
                return Optional.empty();
            }
            double wait = initial.toMillis() * Math.pow(multiplier, Math.max(0, failures.inRow() - 1));
            return Optional.of(Duration.ofMillis((long) Math.min(wait, (double) max.toMillis())));
        }
    }

    /** Gives up when more than {@code maxFailures} happened within {@code interval}. */
    record FailureRate(int maxFailures, Duration interval, Duration delay) implements RestartPolicy {
        @Override
        public Optional<Duration> delay(Restarts failures, Instant now) {
            long within = failures.recent().stream()
                    .filter(at -> at.isAfter(now.minus(interval)))
                    .count();
            return within > maxFailures ? Optional.empty() : Optional.of(delay);
        }
    }

    private static boolean exhausted(Restarts failures, int maxFailures) {
        return maxFailures > 0 && failures.inRow() >= maxFailures;
    }
}
