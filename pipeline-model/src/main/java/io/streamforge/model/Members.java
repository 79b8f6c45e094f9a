package io.streamforge.model;

import io.streamforge.connector.Problem;
import io.streamforge.connector.Suggestions;
import io.streamforge.connector.Units;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes the members of a mapping one by one, with their types, and reports what is wrong or left over. */
final class Members {

    private final Map<String, ?> values;
    private final String path;
    private final List<Problem> problems;
    private final Set<String> known = new LinkedHashSet<>();

    Members(Map<String, ?> values, String path, List<Problem> problems) {
        this.values = values;
        this.path = path;
        this.problems = problems;
    }

    boolean has(String name) {
        return raw(name) != null;
    }

    Optional<String> text(String name) {
        Object value = raw(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Map || value instanceof List) {
            wrongType(name, "text");
            return Optional.empty();
        }
        return Optional.of(value.toString());
    }

    String requiredText(String name, String hint) {
        if (!has(name)) {
            problem("MISSING", name, "'" + name + "' is required", hint);
        }
        return text(name).orElse("");
    }

    <E extends Enum<E>> E choice(String name, Map<String, E> choices, E fallback) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        E chosen = choices.get(text.get());
        if (chosen == null) {
            problem(
                    "VALUE",
                    name,
                    "'" + ParameterType.shown(text.get()) + "' is not allowed",
                    Suggestions.sentence(text.get(), choices.keySet()));
            return fallback;
        }
        return chosen;
    }

    /** The member as it was written; null when absent. */
    @Nullable Object value(String name) {
        return raw(name);
    }

    boolean flag(String name, boolean fallback) {
        Object value = raw(name);
        if (value == null) {
            return fallback;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        wrongType(name, "true or false");
        return fallback;
    }

    /** Choices by the word that stands for each. */
    static <E> Map<String, E> choices(E[] values, Function<E, String> word) {
        Map<String, E> choices = new LinkedHashMap<>();
        for (E value : values) {
            choices.put(word.apply(value), value);
        }
        return choices;
    }

    @Nullable Long optionalInteger(String name) {
        return has(name) ? integer(name, 0, Long.MIN_VALUE, Long.MAX_VALUE) : null;
    }

    long integer(String name, long fallback, long min, long max) {
        Object value = raw(name);
        if (value == null) {
            return fallback;
        }
        if (!(value instanceof Long number)) {
            wrongType(name, "a whole number");
            return fallback;
        }
        if (number < min || number > max) {
            problem(
                    "VALUE",
                    name,
                    max == Long.MAX_VALUE ? number + " is below " + min : number + " is outside " + min + " to " + max,
                    null);
            return fallback;
        }
        return number;
    }

    double number(String name, double fallback, double min, double max) {
        Object value = raw(name);
        if (value == null) {
            return fallback;
        }
        if (!(value instanceof Number number)) {
            wrongType(name, "a number");
            return fallback;
        }
        double wide = number.doubleValue();
        if (wide < min || wide > max) {
            problem(
                    "VALUE",
                    name,
                    number + " is outside "
                            + BigDecimal.valueOf(min).stripTrailingZeros().toPlainString() + " to "
                            + BigDecimal.valueOf(max).stripTrailingZeros().toPlainString(),
                    null);
            return fallback;
        }
        return wide;
    }

    Duration duration(String name, Duration fallback) {
        return text(name)
                .map(text -> unit(name, () -> Units.duration(text), fallback))
                .orElse(fallback);
    }

    long size(String name, long fallback) {
        return text(name)
                .map(text -> unit(name, () -> Units.size(text), fallback))
                .orElse(fallback);
    }

    Members mapping(String name) {
        return new Members(rawMapping(name), Document.member(path, name), problems);
    }

    /** The mapping as it was written, empty when absent. */
    Map<String, Object> rawMapping(String name) {
        Object value = raw(name);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return typed(map);
        }
        wrongType(name, "a mapping of names to values");
        return Map.of();
    }

    /** The mappings of a list; an item that is none is a problem and left out. */
    List<Members> mappings(String name) {
        List<Members> mappings = new ArrayList<>();
        List<?> items = items(name);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Map<?, ?> map) {
                mappings.add(new Members(typed(map), Document.item(Document.member(path, name), i), problems));
            } else {
                problem("TYPE", Document.item(name, i), "expected a mapping of names to values", null);
            }
        }
        return mappings;
    }

    String path() {
        return path;
    }

    List<String> names() {
        return List.copyOf(values.keySet());
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object item : items(name)) {
            texts.add(String.valueOf(item));
        }
        return texts;
    }

    void problem(String code, String name, String message, @Nullable String suggestion) {
        problems.add(new Problem(code, name.isEmpty() ? path : Document.member(path, name), message, suggestion));
    }

    /** Says that a member is understood though nothing asked for it. */
    void accept(String name) {
        known.add(name);
    }

    /** Reports members that nothing asked for. */
    void finish() {
        values.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problem("UNKNOWN-MEMBER", name, "unknown member", Suggestions.sentence(name, known)));
    }

    private List<?> items(String name) {
        Object value = raw(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        wrongType(name, "a list");
        return List.of();
    }

    private @Nullable Object raw(String name) {
        known.add(name);
        return values.get(name);
    }

    private void wrongType(String name, String expected) {
        problem("TYPE", name, "expected " + expected, null);
    }

    private <T> T unit(String name, java.util.function.Supplier<T> parse, T fallback) {
        try {
            return parse.get();
        } catch (IllegalArgumentException e) {
            problem("VALUE", name, String.valueOf(e.getMessage()), null);
            return fallback;
        }
    }

    private static Map<String, Object> typed(Map<?, ?> map) {
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                members.put(String.valueOf(key), value);
            }
        });
        return members;
    }
}
