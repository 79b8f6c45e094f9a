package io.streamforge.queue.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a call that carried an {@code Idempotency-Key}, to be given again when the call is repeated.
 *
 * @param fingerprint hash of method, path and body
 * @param body as it was sent, JSON
 */
public record IdempotentReply(
        String key,
        String fingerprint,
        int status,
        @Nullable String location,
        String body,
        Instant at) {}
