package io.streamforge.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An error a user can act on.
 *
 * @param code stable, upper case with dashes, registered by the module that owns it: {@code JDBC-CONNECTION-REFUSED}
 * @param category whether trying again can help
 * @param message what went wrong, in one line, without secrets
 * @param path where in the workflow file, such as {@code source.options.url}; null when it has no place there
 * @param suggestion what to do about it; null when there is nothing better than the message
 */
public record ErrorInfo(
        String code,
        Category category,
        String message,
        @Nullable String path,
        @Nullable String suggestion) {

    /** Decides what happens next: transient and connection errors are tried again, data and fatal ones are not. */
    public enum Category {
        @JsonProperty("transient")
        TRANSIENT,
        @JsonProperty("connection")
        CONNECTION,
        @JsonProperty("data")
        DATA,
        @JsonProperty("fatal")
        FATAL;

        public boolean retryable() {
            return this == TRANSIENT || this == CONNECTION;
        }
    }
}
