package io.streamforge.dummy.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Faults that wait for their call, oldest first. */
public final class Faults {

    private final List<Fault> waiting = new ArrayList<>();

    public synchronized void add(Fault fault) {
        waiting.add(fault);
    }

    public synchronized void clear() {
        waiting.clear();
    }

    public synchronized List<Fault> waiting() {
        return List.copyOf(waiting);
    }

    /** The fault of a call; a fault that is used up is gone. */
    synchronized Optional<Fault> take(String path) {
        for (int i = 0; i < waiting.size(); i++) {
            Fault fault = waiting.get(i);
            if (fault.concerns(path)) {
                Fault rest = fault.counted();
                if (rest.times() > 0) {
                    waiting.set(i, rest);
                } else {
                    waiting.remove(i);
                }
                return fault.skip() > 0 ? Optional.empty() : Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}
