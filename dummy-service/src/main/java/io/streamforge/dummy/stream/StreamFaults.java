package io.streamforge.dummy.stream;

import io.streamforge.dummy.stream.StreamFault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Faults that wait for their event, oldest first. */
public final class StreamFaults {

    private static final long NEVER = Long.MIN_VALUE;

    private final List<StreamFault> waiting = new ArrayList<>();
    private final Runnable cut;
    private long outageEnds = NEVER;
    private volatile boolean any;

    /** @param cut ends all connections */
    StreamFaults(Runnable cut) {
        this.cut = cut;
    }

    public void add(StreamFault fault) {
        if (fault.kind() == Kind.OUTAGE) {
            begin(fault.time());
        }
        if (fault.kind() == Kind.OUTAGE || fault.kind() == Kind.CLOSE) {
            cut.run();
        } else {
            await(fault);
        }
    }

    public synchronized void clear() {
        waiting.clear();
        any = false;
        outageEnds = NEVER;
    }

    public synchronized List<StreamFault> waiting() {
        return List.copyOf(waiting);
    }

    /** True while nothing is answered. */
    public synchronized boolean outage() {
        return outageEnds != NEVER && System.nanoTime() - outageEnds < 0;
    }

    private synchronized void begin(Duration outage) {
        outageEnds = System.nanoTime() + outage.toNanos();
    }

    private synchronized void await(StreamFault fault) {
        waiting.add(fault);
        any = true;
    }

    /** The fault of an event; a fault that is used up is gone. */
    Optional<StreamFault> ofEvent(String stream) {
        return any ? take(stream, false) : Optional.empty();
    }

    /** Whether a connection is refused because there are too many. */
    boolean refused() {
        return any && take("", true).isPresent();
    }

    private synchronized Optional<StreamFault> take(String stream, boolean connection) {
        for (int i = 0; i < waiting.size(); i++) {
            StreamFault fault = waiting.get(i);
            if ((fault.kind() == Kind.RATE_LIMIT) == connection && fault.concerns(stream)) {
                StreamFault rest = fault.counted();
                if (rest.times() > 0) {
                    waiting.set(i, rest);
                } else {
                    waiting.remove(i);
                    any = !waiting.isEmpty();
                }
                return fault.skip() > 0 ? Optional.empty() : Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}
