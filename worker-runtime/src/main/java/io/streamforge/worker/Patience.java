package io.streamforge.worker;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits longer and longer between attempts, and gives up when nothing has been achieved for too long; for one thread. */
final class Patience {

    private static final Logger log = LoggerFactory.getLogger(Patience.class);
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Signals signals;
    private final Tuning tuning;
    private final Tally tally;
    private long failingSince;
    private Duration delay = Duration.ZERO;

    Patience(Signals signals, Tuning tuning, Tally tally) {
        this.signals = signals;
        this.tuning = tuning;
        this.tally = tally;
    }

    /** Something was achieved: the next failure is a first one. */
    void progressed() {
        delay = Duration.ZERO;
    }

    /**
     * Waits before the next attempt; false when the worker is stopping.
     *
     * @throws VertexFailure the failure itself when trying again cannot help or has been tried long enough
     */
    boolean await(VertexFailure failure) throws InterruptedException {
        if (signals.stopping()) {
            return false;
        }
        if (delay.isZero()) {
            failingSince = System.nanoTime();
            delay = FIRST;
        }
        Duration limit = failure.origin() == VertexFailure.Origin.BROKER ? tuning.brokerAway() : tuning.retryFor();
        if (!failure.error().category().retryable() || System.nanoTime() - failingSince >= limit.toNanos()) {
            throw failure;
        }
        tally.retried();
        log.atWarn()
                .addKeyValue("code", failure.error().code())
                .addKeyValue("reason", failure.error().message())
                .addKeyValue("delay", delay)
                .log("trying again");
        log.atDebug().setCause(failure).log("why");
        boolean goOn = signals.sleep(delay);
        Duration doubled = delay.multipliedBy(2);
        delay = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return goOn;
    }
}
