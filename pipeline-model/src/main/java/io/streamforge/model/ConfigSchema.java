package io.streamforge.model;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import java.math.BigDecimal;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The options of a connector as a JSON Schema (draft 2020-12), for forms and editors. Besides the standard members, {@code x-type} is the
 * option's type ({@code duration}, {@code size}, …) and {@code x-secret} marks a secret, which is {@code writeOnly} too.
 */
public final class ConfigSchema {

    static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private static final String REFERENCE = "\\$\\{(secret|env):[^}]+\\}";
    private static final String DURATION = "[0-9]+\\s*(ms|s|m|h|d)|P.+";
    private static final String SIZE = "[0-9]+\\s*[KMGTkmgt]?([iI]?[bB]|[iI])?";

    private ConfigSchema() {}

    /** One side of a connector. */
    public static ObjectNode of(ConnectorDescriptor descriptor, ConnectorDescriptor.Role role) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("$schema", DIALECT);
        schema.put("title", descriptor.title()).put("description", descriptor.description());
        return options(schema, role);
    }

    static ObjectNode options(ObjectNode schema, ConnectorDescriptor.Role role) {
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        for (OptionSpec option : role.options()) {
            properties.set(option.name(), option(option));
            if (option.required()) {
                required.add(option.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode option(OptionSpec option) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        type(schema, option);
        schema.put("description", option.description());
        schema.put("x-type", option.type().name().toLowerCase(java.util.Locale.ROOT));
        String fallback = option.defaultValue();
        if (fallback != null) {
            defaultValue(schema, option.type(), fallback);
        }
        String example = option.example();
        if (example != null) {
            schema.putArray("examples").add(example);
        }
        if (option.secret()) {
            schema.put("writeOnly", true).put("x-secret", true);
        }
        return schema;
    }

    private static void type(ObjectNode schema, OptionSpec option) {
        switch (option.type()) {
            case STRING -> {
                schema.put("type", "string");
                allowed(schema, option);
            }
            case INTEGER -> numeric(schema, option, "integer");
            case NUMBER -> numeric(schema, option, "number");
            case BOOLEAN -> orText(schema, "boolean", "true|false");
            case DURATION -> schema.put("type", "string").put("pattern", whole(DURATION));
            case SIZE -> orText(schema, "integer", SIZE);
            case LIST -> {
                schema.putArray("type").add("array").add("string");
                ObjectNode items = schema.putObject("items").put("type", "string");
                allowed(items, option);
            }
            case MAP -> {
                schema.put("type", "object");
                schema.putObject("additionalProperties")
                        .putArray("type")
                        .add("string")
                        .add("number")
                        .add("boolean");
            }
        }
    }

    private static void allowed(ObjectNode schema, OptionSpec option) {
        if (!option.allowed().isEmpty()) {
            ArrayNode values = schema.putArray("enum");
            option.allowed().forEach(values::add);
        }
    }

    private static void numeric(ObjectNode schema, OptionSpec option, String type) {
        orText(schema, type, "-?[0-9.]+");
        Double min = option.min();
        Double max = option.max();
        if (min != null) {
            schema.put("minimum", plain(min));
        }
        if (max != null) {
            schema.put("maximum", plain(max));
        }
    }

    /** The type itself, its text form, or a reference. */
    private static void orText(ObjectNode schema, String type, String pattern) {
        schema.putArray("type").add(type).add("string");
        schema.put("pattern", whole(pattern));
    }

    private static String whole(String pattern) {
        return "^(" + pattern + "|" + REFERENCE + ")$";
    }

    private static void defaultValue(ObjectNode schema, OptionType type, String text) {
        switch (type) {
            case INTEGER, NUMBER -> schema.put("default", new BigDecimal(text));
            case BOOLEAN -> schema.put("default", Boolean.parseBoolean(text));
            default -> schema.put("default", text);
        }
    }

    private static BigDecimal plain(double number) {
        return new BigDecimal(BigDecimal.valueOf(number).stripTrailingZeros().toPlainString());
    }
}
