package io.streamforge.connector.capture;

import io.streamforge.record.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a capture goes on: {@code {"log": {…}, "tables": {"public.orders": "done", "public.items": {"after": ["17"], "up_to":
 * ["99"]}}}}. Invariant: all rows up to a table's key, and all changes up to the log position, are durable.
 *
 * @param log what {@link LogPosition#values} gave
 * @param tables by name; one that is missing has not been begun
 */
public record CapturePosition(Map<String, Object> log, Map<String, TableProgress> tables) {

    public CapturePosition {
        log = Map.copyOf(log);
        tables = Map.copyOf(tables);
    }

    /**
     * The position a connector stored.
     *
     * @throws IllegalArgumentException when it is none of a capture
     */
    @SuppressWarnings("unchecked")
    public static CapturePosition of(Position position) {
        if (position.values().get("log") instanceof Map<?, ?> log
                && position.values().get("tables") instanceof Map<?, ?> tables) {
            Map<String, TableProgress> progress = new LinkedHashMap<>();
            tables.forEach((name, json) -> progress.put(String.valueOf(name), TableProgress.of(json)));
            return new CapturePosition((Map<String, Object>) log, progress);
        }
        throw new IllegalArgumentException("the position is not one of a capture: " + position.values());
    }

    public Position position() {
        Map<String, Object> progress = new TreeMap<>();
        tables.forEach((name, table) -> progress.put(name, table.json()));
        return Position.of("log", log, "tables", progress);
    }

    Optional<TableProgress> table(String name) {
        return Optional.ofNullable(tables.get(name));
    }
}
