package io.streamforge.queue.reconcile;

import io.streamforge.queue.kafka.Broker;
import io.streamforge.queue.kafka.BrokerException;
import io.streamforge.queue.kafka.TopicSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows whether the broker answers, and since when workers' events are seen without a gap. */
public final class BrokerWatch {

    private static final Logger log = LoggerFactory.getLogger(BrokerWatch.class);

    private final Broker broker;
    private final Clock clock;
    private boolean topicsMade;
    private volatile @Nullable Instant upSince;
    private volatile @Nullable Instant caughtUpAt;
    private volatile @Nullable String problem = "the broker was not reached yet";

    public BrokerWatch(Broker broker, Clock clock) {
        this.broker = broker;
        this.clock = clock;
    }

    /** Asks the broker whether it is there; makes the topics of the control plane when it is for the first time. */
    void check() {
        try {
            if (topicsMade) {
                broker.ping();
            } else {
                broker.ensure(List.of(TopicSpec.control(), TopicSpec.events(), TopicSpec.schemas()));
                topicsMade = true;
            }
            if (upSince == null) {
                upSince = clock.instant();
                problem = null;
                log.atInfo().log("broker answers");
            }
        } catch (BrokerException e) {
            if (upSince != null || problem == null) {
                log.atWarn().addKeyValue("reason", e.getMessage()).log("broker is away");
            }
            upSince = null;
            problem = e.getMessage();
        }
    }

    /** The events that were in the topic when reading began have been taken in. */
    void caughtUp() {
        caughtUpAt = clock.instant();
    }

    /** Events may be missing until they have been taken in again. */
    void behind() {
        caughtUpAt = null;
    }

    boolean up() {
        return upSince != null;
    }

    /** Null while events may be missing. */
    @Nullable Instant observingSince() {
        Instant up = upSince;
        Instant caughtUp = caughtUpAt;
        if (up == null || caughtUp == null) {
            return null;
        }
        return up.isAfter(caughtUp) ? up : caughtUp;
    }

    /** Why the broker counts as away; empty when it answers. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}
