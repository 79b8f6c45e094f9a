package io.streamforge.dummy.exchange;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest calls, oldest first. */
public final class Records {

    private static final int KEPT = 10_000;

    private final Deque<Recorded> calls = new ArrayDeque<>();

    synchronized void add(Recorded call) {
        if (calls.size() == KEPT) {
            calls.removeFirst();
        }
        calls.addLast(call);
    }

    public synchronized List<Recorded> all() {
        return List.copyOf(calls);
    }

    public synchronized void clear() {
        calls.clear();
    }
}
