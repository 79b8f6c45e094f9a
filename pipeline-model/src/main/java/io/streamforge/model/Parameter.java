package io.streamforge.model;

import io.streamforge.connector.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that a template declares.
 *
 * @param required true when it has no default and is not said to be optional; an absent optional parameter removes the members that
 *     consist of its placeholder
 * @param defaultValue may hold placeholders for other parameters; null when there is none
 * @param allowed the only values, empty when any
 * @param pattern what the whole value has to match, null when anything goes
 */
public record Parameter(
        String name,
        ParameterType type,
        boolean required,
        @Nullable Object defaultValue,
        List<String> allowed,
        @Nullable String pattern,
        @Nullable Long min,
        @Nullable Long max,
        @Nullable String description,
        @Nullable String example) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final int MAX_PATTERN = 200;
    private static final Map<String, ParameterType> TYPES =
            Members.choices(ParameterType.values(), ParameterType::word);

    public Parameter {
        allowed = List.copyOf(allowed);
    }

    /** Reads {@code name: {type: …, default: …}}. */
    static Parameter read(String name, Members members) {
        if (!NAME.matcher(name).matches()) {
            members.problem("NAME", "", "a parameter's name is snake_case", "for example base_url");
        }
        Object fallback = members.value("default");
        Parameter parameter = new Parameter(
                name,
                members.choice("type", TYPES, ParameterType.STRING),
                members.flag("required", fallback == null),
                fallback,
                members.texts("allowed"),
                checked(members.text("pattern").orElse(null), members),
                members.optionalInteger("min"),
                members.optionalInteger("max"),
                members.text("description").orElse(null),
                members.text("example").orElse(null));
        members.finish();
        return parameter;
    }

    /** The value in this parameter's type; null after a problem. */
    @Nullable Object accept(Object value, String path, List<Problem> problems) {
        try {
            Object converted = type.convert(value);
            check(converted);
            return converted;
        } catch (IllegalArgumentException e) {
            String message = Masking.secretName(name) ? "the value is not allowed" : String.valueOf(e.getMessage());
            problems.add(new Problem("PARAMETER-VALUE", path, message, hint()));
            return null;
        }
    }

    @Nullable String hint() {
        if (!allowed.isEmpty()) {
            return "allowed: " + String.join(", ", allowed);
        }
        return example == null ? description : "for example " + example;
    }

    private void check(Object value) {
        String text = value.toString();
        if (!allowed.isEmpty() && !allowed.contains(text)) {
            throw new IllegalArgumentException("'" + ParameterType.shown(text) + "' is not allowed");
        }
        if (pattern != null && (text.length() > MAX_PATTERN || !BoundedText.matches(Pattern.compile(pattern), text))) {
            throw new IllegalArgumentException("'" + ParameterType.shown(text) + "' does not match " + pattern);
        }
        if (value instanceof Number number) {
            BigDecimal size = new BigDecimal(number.toString());
            if ((min != null && size.compareTo(BigDecimal.valueOf(min)) < 0)
                    || (max != null && size.compareTo(BigDecimal.valueOf(max)) > 0)) {
                throw new IllegalArgumentException("%s is outside %s to %s"
                        .formatted(text, min == null ? "…" : min.toString(), max == null ? "…" : max.toString()));
            }
        }
    }

    private static @Nullable String checked(@Nullable String pattern, Members members) {
        if (pattern == null) {
            return null;
        }
        if (pattern.length() > MAX_PATTERN) {
            members.problem("VALUE", "pattern", "has more than " + MAX_PATTERN + " characters", null);
            return null;
        }
        try {
            Pattern.compile(pattern);
            return pattern;
        } catch (PatternSyntaxException e) {
            members.problem("VALUE", "pattern", "not a regular expression: " + e.getDescription(), null);
            return null;
        }
    }
}
