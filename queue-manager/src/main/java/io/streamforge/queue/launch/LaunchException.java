package io.streamforge.queue.launch;

/** A launcher could not do what it was told; the message says what and why. */
public final class LaunchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LaunchException(String message, Throwable cause) {
        super(message, cause);
    }
}
