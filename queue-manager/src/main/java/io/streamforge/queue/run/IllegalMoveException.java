package io.streamforge.queue.run;

/** A user asked for what the run's state does not allow; the message says why and what can be done instead. */
public final class IllegalMoveException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public IllegalMoveException(String message) {
        super(message);
    }
}
