package io.streamforge.connector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One option, declared once: validation, JSON Schema, reference documentation and forms are made from it.
 *
 * @param name snake_case, the same everywhere for the same thing
 * @param defaultValue in the text form a user would write; null when there is none
 * @param secret its value is never shown, logged or stored
 * @param allowed the only values, empty when any
 * @param min smallest INTEGER or NUMBER (or SIZE in bytes, DURATION in milliseconds), null when unbounded
 * @param max largest, null when unbounded
 * @param description a sentence or two
 * @param example a value a user could write, null when the allowed values say enough
 */
public record OptionSpec(
        String name,
        OptionType type,
        boolean required,
        @Nullable String defaultValue,
        boolean secret,
        List<String> allowed,
        @Nullable Double min,
        @Nullable Double max,
        String description,
        @Nullable String example) {

    public OptionSpec {
        allowed = List.copyOf(allowed);
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("option '" + name + "': names are snake_case");
        }
        if (required && defaultValue != null) {
            throw new IllegalArgumentException("option '" + name + "' is required and has a default");
        }
    }

    /** An optional option; refine it with the {@code with…} methods. */
    public static OptionSpec of(String name, OptionType type, String description) {
        return new OptionSpec(name, type, false, null, false, List.of(), null, null, description, null);
    }

    public OptionSpec withRequired() {
        return new OptionSpec(name, type, true, null, secret, allowed, min, max, description, example);
    }

    public OptionSpec withDefault(String value) {
        return new OptionSpec(name, type, false, value, secret, allowed, min, max, description, example);
    }

    public OptionSpec withSecret() {
        return new OptionSpec(name, type, required, defaultValue, true, allowed, min, max, description, example);
    }

    public OptionSpec withAllowed(String... values) {
        return new OptionSpec(
                name, type, required, defaultValue, secret, List.of(values), min, max, description, example);
    }

    public OptionSpec withBounds(double smallest, double largest) {
        return new OptionSpec(
                name, type, required, defaultValue, secret, allowed, smallest, largest, description, example);
    }

    public OptionSpec withExample(String value) {
        return new OptionSpec(name, type, required, defaultValue, secret, allowed, min, max, description, value);
    }
}
