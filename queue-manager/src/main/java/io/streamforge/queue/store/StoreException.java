package io.streamforge.queue.store;

/** The store cannot be reached or refuses; the message says which store and what was attempted, without secrets. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
