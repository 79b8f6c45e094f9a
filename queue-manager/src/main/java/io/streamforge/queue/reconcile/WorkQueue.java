package io.streamforge.queue.reconcile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys to be worked on: each at most once in the queue, and by one thread at a time; a key added while it is being worked on is
 * worked on again afterwards.
 */
public final class WorkQueue {

    private final Deque<String> waiting = new ArrayDeque<>();
    private final Set<String> queued = new HashSet<>();
    private final Set<String> working = new HashSet<>();
    private boolean closed;

    public WorkQueue() {}

    public synchronized void add(String key) {
        if (!closed && queued.add(key) && !working.contains(key)) {
            waiting.add(key);
            notifyAll();
        }
    }

    /** Waits for a key; null when the queue was closed. */
    public synchronized @Nullable String take() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        if (closed) {
            return null;
        }
        String key = waiting.remove();
        queued.remove(key);
        working.add(key);
        return key;
    }

    public synchronized void done(String key) {
        working.remove(key);
        if (queued.contains(key)) {
            waiting.add(key);
            notifyAll();
        }
    }

    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
