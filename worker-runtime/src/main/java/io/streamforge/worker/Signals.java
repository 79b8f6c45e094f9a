package io.streamforge.worker;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the worker's owner wants of its data threads: a monitor they wait on, so that every wish reaches every wait at once.
 * Wishes only grow: stop overrides pause, supersede overrides stop, kill overrides all.
 */
final class Signals {

    private static final long LOOK_AGAIN_MILLIS = 100;

    private boolean paused;
    private boolean stopping;
    private boolean superseded;
    private boolean killed;
    private @Nullable Map<Integer, Long> endOffsets;
    private @Nullable VertexFailure failure;

    synchronized void pause() {
        paused = true;
        notifyAll();
    }

    synchronized void resume() {
        paused = false;
        notifyAll();
    }

    synchronized void drain(Map<Integer, Long> ends) {
        endOffsets = Map.copyOf(ends);
        notifyAll();
    }

    /** Commit what is in flight and end. */
    synchronized void stop() {
        stopping = true;
        notifyAll();
    }

    /** A part of the vertex has failed: the others end after their next commit. */
    synchronized void fail(VertexFailure newFailure) {
        failure = failure == null ? newFailure : failure;
        stop();
    }

    synchronized Optional<VertexFailure> failure() {
        return Optional.ofNullable(failure);
    }

    /** End without a commit: a newer attempt goes on from the last one. */
    synchronized void supersede() {
        stopping = true;
        superseded = true;
        notifyAll();
    }

    /** End without a word, as if the process had died. */
    synchronized void kill() {
        stopping = true;
        killed = true;
        notifyAll();
    }

    synchronized boolean paused() {
        return paused && !stopping;
    }

    synchronized boolean stopping() {
        return stopping;
    }

    synchronized boolean superseded() {
        return superseded;
    }

    synchronized boolean killed() {
        return killed;
    }

    /** True when what is in flight must not be committed any more. */
    synchronized boolean abandoned() {
        return superseded || killed;
    }

    synchronized Optional<Map<Integer, Long>> endOffsets() {
        return Optional.ofNullable(endOffsets);
    }

    /** Waits while paused; false when the worker is stopping. */
    synchronized boolean awaitResumed() throws InterruptedException {
        while (paused && !stopping) {
            wait();
        }
        return !stopping;
    }

    /** Waits while paused, at most for a time; false when it is paused still, or the worker is stopping. */
    synchronized boolean awaitResumed(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis(); left > 0 && paused(); left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return !paused && !stopping;
    }

    /** Waits while paused, at most as long as the condition holds; false when it does not, or the worker is stopping. */
    boolean awaitResumed(BooleanSupplier condition) throws InterruptedException {
        while (condition.getAsBoolean()) {
            synchronized (this) {
                if (stopping || !paused) {
                    return !stopping;
                }
                wait(LOOK_AGAIN_MILLIS);
            }
        }
        return false;
    }

    /** Waits for a time; false when the worker is stopping. */
    synchronized boolean sleep(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis(); left > 0 && !stopping; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return !stopping;
    }

    /** Waits until a newer attempt is known of; false when none is after that time. */
    synchronized boolean awaitSuperseded(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis(); left > 0 && !abandoned(); left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return abandoned();
    }
}
