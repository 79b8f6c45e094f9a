package io.streamforge.queue.store;

/** A document was changed by somebody else since it was read; nothing was written. */
public final class StaleWriteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param what the document, such as {@code run wf-orders-20240801-a1b2c3} */
    public StaleWriteException(String what) {
        super(what + " was changed meanwhile");
    }
}
