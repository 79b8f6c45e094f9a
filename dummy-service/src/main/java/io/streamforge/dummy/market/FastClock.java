package io.streamforge.dummy.market;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that runs faster or slower than another one from the moment it is made. */
public final class FastClock extends Clock {

    private final Clock base;
    private final Instant start;
    private final double speed;

    /** @param speed simulated seconds per second */
    public FastClock(Clock base, double speed) {
        this(base, base.instant(), speed);
    }

    private FastClock(Clock base, Instant start, double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed must be more than 0, got " + speed);
        }
        this.base = base;
        this.start = start;
        this.speed = speed;
    }

    @Override
    public Instant instant() {
        return start.plusNanos((long) (Duration.between(start, base.instant()).toNanos() * speed));
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new FastClock(base.withZone(zone), start, speed);
    }
}
