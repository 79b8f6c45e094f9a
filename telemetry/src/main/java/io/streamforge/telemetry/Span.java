package io.streamforge.telemetry;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done, for the trace it is part of.
 *
 * @param parent id of the span it was done for; null for the first one of a trace
 * @param error why it failed; null when it did not
 */
public record Span(
        TraceContext context,
        @Nullable String parent,
        String name,
        Kind kind,
        Instant begin,
        Instant end,
        Map<String, String> attributes,
        @Nullable String error) {

    public Span {
        attributes = Map.copyOf(attributes);
    }

    /** As OpenTelemetry numbers them. */
    public enum Kind {
        INTERNAL(1),
        SERVER(2),
        CONSUMER(5);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }
}
