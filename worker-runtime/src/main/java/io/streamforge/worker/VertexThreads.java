package io.streamforge.worker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.MDC;

/** The threads of one worker: daemons that log under the worker's names and can be told apart, interrupted and awaited. */
final class VertexThreads {

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Map<String, String> logContext;
    private final String name;

    VertexThreads(String name, Map<String, String> logContext) {
        this.name = name;
        this.logContext = Map.copyOf(logContext);
    }

    Thread start(String role, Runnable work) {
        Thread thread = new Thread(
                () -> {
                    MDC.setContextMap(logContext);
                    work.run();
                },
                name + "/" + role);
        thread.setDaemon(true);
        threads.removeIf(old -> !old.isAlive());
        // Started first: a thread that has not begun to run is not alive and would be forgotten.
        thread.start();
        threads.add(thread);
        return thread;
    }

    void interruptAll() {
        threads.forEach(Thread::interrupt);
    }

    /** Waits until all threads have ended; false when one is still there after that time. */
    boolean await(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (Thread thread : threads) {
            long left = (end - System.nanoTime()) / 1_000_000;
            thread.join(Math.max(1, left));
            if (thread.isAlive()) {
                return false;
            }
        }
        return true;
    }
}
