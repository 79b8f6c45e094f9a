package io.streamforge.queue.api;

import io.streamforge.messages.ErrorInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A rejected row.
 *
 * @param place topic/partition/offset, or the source's own place
 * @param row the row as JSON, when it can be read as one
 * @param raw the input as text, when it never became a row
 */
public record DeadLetterView(
        String place,
        String vertex,
        @Nullable JsonNode row,
        @Nullable String raw,
        ErrorInfo error,
        Instant at) {}
