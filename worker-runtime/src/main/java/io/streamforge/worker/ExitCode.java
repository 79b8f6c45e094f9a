package io.streamforge.worker;

import io.streamforge.messages.ErrorInfo;

/** How a worker ended, and what its process exits with. */
public enum ExitCode {
    /** The task is complete, or the worker was asked to stop. */
    DONE(0),
    /** A transient or connection error outlasted the worker's own retries: another attempt may help. */
    RETRYABLE(1),
    /** Bad configuration or bad data: another attempt cannot help. */
    FATAL(2),
    /** A fault of the worker itself. */
    INTERNAL(3),
    /** A newer attempt of the vertex has taken over. */
    SUPERSEDED(4);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    static ExitCode of(ErrorInfo error) {
        return error.category().retryable() ? RETRYABLE : FATAL;
    }
}
