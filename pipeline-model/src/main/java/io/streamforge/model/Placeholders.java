package io.streamforge.model;

import io.streamforge.connector.Problem;
import io.streamforge.connector.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts values into placeholders: {@code ${name}}, {@code ${name|filter}} and {@code ${range.from}}. Text that is one placeholder
 * becomes its value with its type; a placeholder within text becomes text. {@code $${name}} stands for itself, {@code ${secret:…}} and
 * {@code ${env:…}} are no placeholders. What is put in is not searched for placeholders again.
 */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$?\\$\\{(?!secret:|env:)([^{}]*)}");
    private static final Pattern INNER = Pattern.compile("([a-z][a-z0-9_]*)(?:\\.(from|to))?((?:\\|[a-z]+)*)");
    private static final Set<String> FILTERS = new TreeSet<>(Set.of("lower", "upper", "snake", "compact"));

    private final Values values;
    private final List<Problem> problems;
    private final Map<String, String> origins = new LinkedHashMap<>();
    private int budget = 1 << 20;
    private boolean exhausted;

    /** What placeholders stand for. */
    interface Values {
        Set<String> names();

        /** Null when the parameter is optional and was not given, or had a problem. */
        @Nullable Object get(String name);
    }

    Placeholders(Values values, List<Problem> problems) {
        this.values = values;
        this.problems = problems;
    }

    /** Which parameter the value at a path came from, the first one if there were several. */
    Map<String, String> origins() {
        return origins;
    }

    /** A copy with the values put in, at any depth; null when the value is one placeholder without value. */
    @Nullable Object expand(Object value, String path) {
        if (value instanceof String text) {
            return text(text, path);
        }
        if (value instanceof Map<?, ?> map) {
            return mapping(map, path);
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>(list.size());
            for (int i = 0; i < list.size(); i++) {
                Object item = list.get(i);
                Object expanded = item == null ? null : expand(item, Document.item(path, i));
                if (expanded != null) {
                    items.add(expanded);
                }
            }
            return items;
        }
        return value;
    }

    Map<String, Object> mapping(Map<?, ?> map, String path) {
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((name, member) -> {
            Object expanded = member == null ? null : expand(member, Document.member(path, String.valueOf(name)));
            if (expanded != null) {
                members.put(String.valueOf(name), expanded);
            }
        });
        return members;
    }

    private @Nullable Object text(String text, String path) {
        Matcher whole = PLACEHOLDER.matcher(text);
        if (whole.matches() && !text.startsWith("$$")) {
            return value(whole.group(1), path);
        }
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(result, Matcher.quoteReplacement(replacement(matcher, path)));
        }
        return matcher.appendTail(result).toString();
    }

    private String replacement(Matcher matcher, String path) {
        if (matcher.group().startsWith("$$")) {
            return matcher.group().substring(1);
        }
        Object value = value(matcher.group(1), path);
        if (value instanceof Map || value instanceof List) {
            problems.add(new Problem(
                    "PLACEHOLDER",
                    path,
                    matcher.group() + " is not a single value and cannot be part of a text",
                    "let it be the whole value"));
            return "";
        }
        return value == null ? "" : value.toString();
    }

    private @Nullable Object value(String inner, String path) {
        Matcher matcher = INNER.matcher(inner);
        if (!matcher.matches()) {
            problems.add(new Problem(
                    "PLACEHOLDER",
                    path,
                    "${" + ParameterType.shown(inner) + "} is not a placeholder",
                    "write ${parameter}, ${secret:name} or ${env:NAME}; $${…} stands for itself"));
            return null;
        }
        String name = matcher.group(1);
        List<String> filters = filters(matcher.group(3), path);
        if (!values.names().contains(name)) {
            problems.add(new Problem(
                    "UNKNOWN-PARAMETER",
                    path,
                    "${" + name + "} is not a parameter",
                    values.names().isEmpty()
                            ? "declare it under 'parameters', or write ${secret:" + name + "} or ${env:NAME}"
                            : Suggestions.sentence(name, values.names())));
            return null;
        }
        origins.putIfAbsent(path, name);
        Object value = values.get(name);
        return value == null ? null : spend(filtered(part(value, matcher.group(2), path), filters), path);
    }

    private @Nullable Object part(Object value, @Nullable String part, String path) {
        if (part == null) {
            return value;
        }
        try {
            DateRange range = DateRange.parse(value.toString());
            return (part.equals("from") ? range.from() : range.to()).toString();
        } catch (IllegalArgumentException e) {
            problems.add(new Problem("PLACEHOLDER", path, "only a date-range has ." + part, null));
            return null;
        }
    }

    private List<String> filters(String written, String path) {
        List<String> filters =
                written.isEmpty() ? List.of() : List.of(written.substring(1).split("\\|"));
        filters.stream()
                .filter(filter -> !FILTERS.contains(filter))
                .forEach(filter -> problems.add(new Problem(
                        "PLACEHOLDER",
                        path,
                        "unknown filter '" + filter + "'",
                        Suggestions.sentence(filter, FILTERS))));
        return filters;
    }

    private static @Nullable Object filtered(@Nullable Object value, List<String> filters) {
        if (value == null || filters.isEmpty()) {
            return value;
        }
        String text = value.toString();
        for (String filter : filters) {
            text = switch (filter) {
                case "lower" -> text.toLowerCase(Locale.ROOT);
                case "upper" -> text.toUpperCase(Locale.ROOT);
                case "snake" -> text.replaceAll("[^A-Za-z0-9]", "_");
                case "compact" -> text.replaceAll("[^0-9]", "");
                default -> text;
            };
        }
        return text;
    }

    /** Keeps many placeholders of a long value from filling the memory. */
    private @Nullable Object spend(@Nullable Object value, String path) {
        if (exhausted) {
            return null;
        }
        budget -= weight(value, budget);
        if (budget < 0) {
            exhausted = true;
            problems.add(new Problem("TOO-LARGE", path, "the values put in are too long", null));
            return null;
        }
        return value;
    }

    /** About how many characters the value has; stops counting above the limit. */
    private static int weight(@Nullable Object value, int limit) {
        if (value instanceof String text) {
            return text.length() + 1;
        }
        Collection<?> parts =
                value instanceof Map<?, ?> map ? map.values() : value instanceof List<?> list ? list : List.of();
        int sum = 1;
        for (Object part : parts) {
            if (sum > limit) {
                break;
            }
            sum += weight(part, limit - sum);
        }
        return sum;
    }
}
