package io.streamforge.worker;

import java.time.Duration;

/** Shows that the worker's control loop goes round; what connectors do is judged by whoever reads the events. */
final class Pulse {

    private static final Duration STILL_ALIVE = Duration.ofSeconds(60);

    private volatile long lastBeat = System.nanoTime();
    private volatile boolean ready;

    void beat() {
        lastBeat = System.nanoTime();
    }

    void ready(boolean now) {
        ready = now;
    }

    boolean live() {
        return System.nanoTime() - lastBeat < STILL_ALIVE.toNanos();
    }

    boolean isReady() {
        return ready;
    }
}
