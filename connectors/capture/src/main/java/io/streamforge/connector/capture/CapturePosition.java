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
 * @param columns of the tables there, by name, as {@code "columns": {"public.orders": …}}; empty where changes of them are not followed
 */
public record CapturePosition(
        Map<String, Object> log, Map<String, TableProgress> tables, Map<String, TableColumns> columns) {

    /** Where nothing has been read. */
    static final CapturePosition NONE = new CapturePosition(Map.of(), Map.of(), Map.of());

    private static final String COLUMNS = "columns";

    public CapturePosition {
        log = Map.copyOf(log);
        tables = Map.copyOf(tables);
        columns = Map.copyOf(columns);
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
            Map<String, TableColumns> columns = new LinkedHashMap<>();
            if (position.values().get(COLUMNS) instanceof Map<?, ?> stored) {
                stored.forEach((name, json) -> columns.put(String.valueOf(name), TableColumns.of(json)));
            }
            return new CapturePosition((Map<String, Object>) log, progress, columns);
        }
        throw new IllegalArgumentException("the position is not one of a capture: " + position.values());
    }

    public Position position() {
        Map<String, Object> progress = new TreeMap<>();
        tables.forEach((name, table) -> progress.put(name, table.json()));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("log", log);
        values.put("tables", progress);
        if (!columns.isEmpty()) {
            Map<String, Object> stored = new TreeMap<>();
            columns.forEach((name, table) -> stored.put(name, table.json()));
            values.put(COLUMNS, stored);
        }
        return new Position(values);
    }

    Optional<TableColumns> columns(String name) {
        return Optional.ofNullable(columns.get(name));
    }

    Optional<TableProgress> table(String name) {
        return Optional.ofNullable(tables.get(name));
    }
}
