package io.streamforge.connector;

import org.jspecify.annotations.Nullable;

/**
 * One mistake in a workflow.
 *
 * @param code stable: {@code UNKNOWN-OPTION}, {@code OPTION-TYPE}, …
 * @param path relative to what was checked: {@code url}, {@code columns.price}; empty for the whole
 * @param message what is wrong, without the path
 * @param suggestion what was probably meant or what to do
 */
public record Problem(
        String code, String path, String message, @Nullable String suggestion) {

    public Problem under(String prefix) {
        return new Problem(code, path.isEmpty() ? prefix : prefix + "." + path, message, suggestion);
    }
}
