package io.streamforge.queue.store;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * @param workflow null for all
 * @param states labels of states; empty for all
 * @param limit 1 to 1000
 */
public record RunFilter(@Nullable String workflow, Set<String> states, int offset, int limit) {

    private static final int MAX_LIMIT = 1000;

    public RunFilter {
        states = Set.copyOf(states);
        requirePage(offset, limit);
    }

    static void requirePage(int offset, int limit) {
        if (offset < 0 || limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "offset must be at least 0 and limit 1 to %d, got %d and %d".formatted(MAX_LIMIT, offset, limit));
        }
    }
}
