package io.streamforge.dummy.exchange;

/** A request that cannot be answered; the reply has Binance's form. */
final class BadCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    BadCallException(int code, String reason) {
        super(code + ": " + reason);
        this.code = code;
        this.reason = reason;
    }

    Reply reply() {
        return Reply.error(400, code, reason);
    }
}
