package io.streamforge.queue.api;

import io.streamforge.connector.OptionSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Options as JSON Schema (draft 2020-12); numbers and flags may also be text, because they may be references. */
final class OptionsSchema {

    private OptionsSchema() {}

    static Map<String, Object> of(String title, List<OptionSpec> options) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (OptionSpec option : options) {
            properties.put(option.name(), property(option));
            if (option.required()) {
                required.add(option.name());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", title);
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> property(OptionSpec option) {
        Map<String, Object> property = new LinkedHashMap<>();
        switch (option.type()) {
            case STRING, DURATION, SIZE -> property.put("type", "string");
            case INTEGER -> property.put("type", List.of("integer", "string"));
            case NUMBER -> property.put("type", List.of("number", "string"));
            case BOOLEAN -> property.put("type", List.of("boolean", "string"));
            case LIST -> property.put("type", List.of("array", "string"));
            case MAP -> property.put("type", "object");
        }
        property.put("description", option.description());
        put(property, "default", option.defaultValue());
        put(property, "minimum", option.min());
        put(property, "maximum", option.max());
        String example = option.example();
        if (example != null) {
            property.put("examples", List.of(example));
        }
        if (!option.allowed().isEmpty()) {
            property.put("enum", option.allowed());
        }
        if (option.secret()) {
            property.put("writeOnly", true);
        }
        return property;
    }

    private static void put(Map<String, Object> property, String name, @Nullable Object value) {
        if (value != null) {
            property.put(name, value);
        }
    }
}
