package io.streamforge.connector;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import org.jspecify.annotations.Nullable;

/** A failure at a system's border: what was attempted, why it failed, what to do. */
public final class ConnectorException extends Exception {

    /** Code of the error of a writer that a newer attempt has replaced. */
    public static final String SUPERSEDED = "SUPERSEDED";

    private static final long serialVersionUID = 1L;

    private final transient ErrorInfo error;

    public ConnectorException(ErrorInfo error, @Nullable Throwable cause) {
        super(error.code() + ": " + error.message(), cause);
        this.error = error;
    }

    public ConnectorException(String code, Category category, String message, @Nullable String suggestion) {
        this(new ErrorInfo(code, category, message, null, suggestion), null);
    }

    public ConnectorException(
            String code, Category category, String message, @Nullable String suggestion, @Nullable Throwable cause) {
        this(new ErrorInfo(code, category, message, null, suggestion), cause);
    }

    public ErrorInfo error() {
        return error;
    }
}
