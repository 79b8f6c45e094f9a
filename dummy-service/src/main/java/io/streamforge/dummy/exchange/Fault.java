package io.streamforge.dummy.exchange;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with replies to come.
 *
 * @param path beginning of the paths it concerns; null for all but the administration's
 * @param skip replies to leave alone before
 * @param count replies to spoil, 1 when absent
 * @param status of {@code error-5xx}, 503 when absent
 * @param retryAfter seconds that {@code rate-limit} asks for, 1 when absent
 * @param delay of {@code slow}, 5 s when absent
 */
public record Fault(
        Kind kind,
        @Nullable String path,
        int skip,
        @Nullable Integer count,
        @Nullable Integer status,
        @Nullable Integer retryAfter,
        @Nullable Duration delay) {

    /** The ways a server fails. */
    public enum Kind {
        /** An error status without a useful body. */
        @JsonProperty("error-5xx")
        ERROR_5XX,
        /** 429 with Retry-After. */
        @JsonProperty("rate-limit")
        RATE_LIMIT,
        /** The right reply, late. */
        @JsonProperty("slow")
        SLOW,
        /** Half of the reply, then the connection closes. */
        @JsonProperty("cut")
        CUT,
        /** 200 with a body that is no JSON. */
        @JsonProperty("garbage")
        GARBAGE
    }

    public static Fault of(Kind kind, int count) {
        return new Fault(kind, null, 0, count, null, null, null);
    }

    public Fault onPath(String prefix) {
        return new Fault(kind, prefix, skip, count, status, retryAfter, delay);
    }

    public Fault afterSkipping(int replies) {
        return new Fault(kind, path, replies, count, status, retryAfter, delay);
    }

    public Fault withDelay(Duration duration) {
        return new Fault(kind, path, skip, count, status, retryAfter, duration);
    }

    public Fault withRetryAfter(int seconds) {
        return new Fault(kind, path, skip, count, status, seconds, delay);
    }

    boolean concerns(String calledPath) {
        return path == null || calledPath.startsWith(path);
    }

    int times() {
        return count == null ? 1 : count;
    }

    Fault counted() {
        return skip > 0 ? afterSkipping(skip - 1) : new Fault(kind, path, 0, times() - 1, status, retryAfter, delay);
    }
}
