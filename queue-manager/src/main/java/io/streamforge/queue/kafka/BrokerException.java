package io.streamforge.queue.kafka;

/** The broker does not answer, or refuses; the message says what was attempted. */
public final class BrokerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
