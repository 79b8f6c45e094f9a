package io.streamforge.connector;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Validated options in their Java form: String, Long (INTEGER), Double (NUMBER), Boolean, {@link Duration}, Long bytes (SIZE),
 * {@code List<String>} and {@code Map<String, String>}. Made by {@link OptionParser}. An option with a default always has a
 * value; asking for one the descriptor does not declare is a programming error.
 */
public final class Options {

    private final Map<String, @Nullable Object> values;

    Options(Map<String, @Nullable Object> values) {
        this.values = new LinkedHashMap<>(values);
    }

    public boolean has(String name) {
        return value(name) != null;
    }

    public String string(String name) {
        return require(name, String.class);
    }

    public Optional<String> optional(String name) {
        return Optional.ofNullable((String) value(name));
    }

    public long integer(String name) {
        return require(name, Long.class);
    }

    public double number(String name) {
        return require(name, Double.class);
    }

    public boolean flag(String name) {
        return require(name, Boolean.class);
    }

    public Duration duration(String name) {
        return require(name, Duration.class);
    }

    /** Bytes. */
    public long size(String name) {
        return require(name, Long.class);
    }

    /** Empty when the option was not given. */
    @SuppressWarnings("unchecked")
    public List<String> list(String name) {
        Object value = value(name);
        return value == null ? List.of() : (List<String>) value;
    }

    /** Empty when the option was not given; in the order written. */
    @SuppressWarnings("unchecked")
    public Map<String, String> map(String name) {
        Object value = value(name);
        return value == null ? Map.of() : (Map<String, String>) value;
    }

    private <T> T require(String name, Class<T> type) {
        Object value = value(name);
        if (value == null) {
            throw new NoSuchElementException("option '" + name + "' was not given and has no default");
        }
        return type.cast(value);
    }

    private @Nullable Object value(String name) {
        if (!values.containsKey(name)) {
            throw new IllegalArgumentException("option '" + name + "' is not declared");
        }
        return values.get(name);
    }
}
