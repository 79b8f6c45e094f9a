package io.streamforge.connector.capture;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far the rows that a table had have been read; a table without progress has not been begun. */
public sealed interface TableProgress {

    /** All of them are in the topic. */
    record Done() implements TableProgress {}

    /**
     * @param after key of the last row that was read, empty before the first
     * @param upTo the table's highest key when reading began
     */
    record Reading(List<String> after, List<String> upTo) implements TableProgress {

        public Reading {
            after = List.copyOf(after);
            upTo = List.copyOf(upTo);
        }
    }

    default Object json() {
        if (this instanceof Reading reading) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("after", reading.after());
            values.put("up_to", reading.upTo());
            return values;
        }
        return "done";
    }

    /** @throws IllegalArgumentException when it is none */
    static TableProgress of(Object json) {
        if (json.equals("done")) {
            return new Done();
        }
        if (json instanceof Map<?, ?> values) {
            return new Reading(texts(values.get("after")), texts(values.get("up_to")));
        }
        throw new IllegalArgumentException("'" + json + "' is no progress of a table");
    }

    private static List<String> texts(@Nullable Object json) {
        if (json instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        throw new IllegalArgumentException("'" + json + "' is no key");
    }
}
