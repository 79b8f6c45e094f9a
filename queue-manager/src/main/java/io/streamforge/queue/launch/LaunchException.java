package io.streamforge.queue.launch;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import org.jspecify.annotations.Nullable;

/** A launcher could not do what it was told; the message says what and why. */
public final class LaunchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorInfo error;

    public LaunchException(String message, Throwable cause) {
        this(new ErrorInfo("LAUNCH-FAILED", Category.TRANSIENT, message, null, null), cause);
    }

    public LaunchException(ErrorInfo error, @Nullable Throwable cause) {
        super(error.message(), cause);
        this.error = error;
    }

    /** What is shown of it in the run. */
    public ErrorInfo error() {
        return error;
    }
}
