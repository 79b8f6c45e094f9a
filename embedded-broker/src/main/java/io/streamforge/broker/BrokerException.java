package io.streamforge.broker;

/** The broker could not start or has failed; the message says why and what to do. */
public final class BrokerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    BrokerException(String code, String message, Throwable cause) {
        super(code + ": " + message, cause);
        this.code = code;
    }

    BrokerException(String code, String message) {
        super(code + ": " + message);
        this.code = code;
    }

    /** Stable: BROKER-DIRECTORY-IN-USE, BROKER-DIRECTORY, BROKER-PORT-IN-USE, BROKER-START. */
    public String code() {
        return code;
    }
}
