package io.streamforge.queue.api;

import io.streamforge.model.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RFC 9457 problem details.
 *
 * @param code stable, upper case with dashes
 * @param problems of a workflow, each at its place; empty for other refusals
 */
public record ProblemBody(
        String type,
        String title,
        int status,
        String code,
        @Nullable String detail,
        @Nullable String instance,
        List<Item> problems) {

    static final String MEDIA_TYPE = "application/problem+json";

    /** One mistake; line and column count from 1. */
    public record Item(
            String severity,
            String level,
            int line,
            int column,
            String path,
            String code,
            String message,
            @Nullable String suggestion) {

        static Item of(Diagnostic diagnostic) {
            return new Item(
                    lower(diagnostic.severity()),
                    lower(diagnostic.level()),
                    diagnostic.line(),
                    diagnostic.column(),
                    diagnostic.path(),
                    diagnostic.code(),
                    diagnostic.message(),
                    diagnostic.suggestion());
        }

        private static String lower(Enum<?> value) {
            return value.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static ProblemBody of(int status, String title, String code, @Nullable String detail, List<Item> problems) {
        return new ProblemBody("about:blank", title, status, code, detail, null, problems);
    }
}
