package io.streamforge.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a source goes on reading: small JSON that only the connector that wrote it understands. A position taken after a row
 * means "this row and all before it have been read".
 */
public record Position(@JsonValue Map<String, Object> values) {

    @JsonCreator
    public Position {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public static Position of(String name, Object value) {
        return new Position(Map.of(name, value));
    }

    public static Position of(String name, Object value, String name2, Object value2) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(name, value);
        values.put(name2, value2);
        return new Position(values);
    }

    /** A whole number of the position; empty when it is absent or not a number. */
    public Optional<Long> number(String name) {
        return values.get(name) instanceof Number number ? Optional.of(number.longValue()) : Optional.empty();
    }

    public Optional<String> text(String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
