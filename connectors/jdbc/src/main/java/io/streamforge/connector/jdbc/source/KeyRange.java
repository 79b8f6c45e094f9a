package io.streamforge.connector.jdbc.source;

import io.streamforge.messages.Task.Split;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows between two keys; keys are texts as {@link KeyText} writes them.
 *
 * @param after the key before the first row, null for the beginning
 * @param upTo the last row's key at most, null for the end
 * @param nulls the rows without a key instead
 */
public record KeyRange(
        @Nullable List<String> after, @Nullable List<String> upTo, boolean nulls) {

    public static final KeyRange ALL = new KeyRange(null, null, false);

    public static final KeyRange NULLS = new KeyRange(null, null, true);

    private static final String AFTER = "after";
    private static final String UP_TO = "up_to";
    private static final String IS_NULL = "is_null";

    Map<String, Object> toValues() {
        Map<String, Object> values = new LinkedHashMap<>();
        if (after != null) {
            values.put(AFTER, after);
        }
        if (upTo != null) {
            values.put(UP_TO, upTo);
        }
        if (nulls) {
            values.put(IS_NULL, true);
        }
        return values;
    }

    static KeyRange of(Split split) {
        return new KeyRange(
                texts(split.values().get(AFTER)),
                texts(split.values().get(UP_TO)),
                Boolean.TRUE.equals(split.values().get(IS_NULL)));
    }

    static @Nullable List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : null;
    }
}
