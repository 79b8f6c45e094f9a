package io.streamforge.queue.reconcile;

/** Who of several queue-managers reconciles; the others only answer reads. */
public interface Leadership {

    boolean leads();
}
