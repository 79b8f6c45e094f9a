package io.streamforge.queue.reconcile;

import io.streamforge.messages.ErrorInfo;
import org.jspecify.annotations.Nullable;

/** A run cannot be made ready; the error says whether trying again can help. */
public final class PreparationException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ErrorInfo error;

    public PreparationException(ErrorInfo error, @Nullable Throwable cause) {
        super(error.code() + ": " + error.message(), cause);
        this.error = error;
    }

    public ErrorInfo error() {
        return error;
    }
}
