package io.streamforge.connector;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what a user wrote against what a connector declares, and reports every mistake at once. */
public final class OptionParser {

    private final List<OptionSpec> specs;

    public OptionParser(List<OptionSpec> specs) {
        this.specs = List.copyOf(specs);
    }

    /**
     * Parses the written options; values are what a JSON or YAML parser gives.
     *
     * @param problems receives one problem per mistake, with the option's name as its path
     * @return the options, or empty when there was a problem
     */
    public Optional<Options> parse(Map<String, Object> written, List<Problem> problems) {
        List<Problem> found = new ArrayList<>();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        List<String> names = specs.stream().map(OptionSpec::name).toList();
        written.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> found.add(
                        new Problem("UNKNOWN-OPTION", name, "unknown option", Suggestions.sentence(name, names))));
        for (OptionSpec spec : specs) {
            values.put(spec.name(), value(spec, written.get(spec.name()), found));
        }
        problems.addAll(found);
        return found.isEmpty() ? Optional.of(new Options(values)) : Optional.empty();
    }

    private static @Nullable Object value(OptionSpec spec, @Nullable Object written, List<Problem> problems) {
        String fallback = spec.defaultValue();
        if (written == null && fallback == null) {
            if (spec.required()) {
                problems.add(new Problem("MISSING-OPTION", spec.name(), "option is required", hint(spec)));
            }
            return null;
        }
        try {
            Object value = convert(spec, written == null ? fallback : written);
            checkBounds(spec, value);
            return value;
        } catch (IllegalArgumentException e) {
            problems.add(new Problem("OPTION-VALUE", spec.name(), String.valueOf(e.getMessage()), hint(spec)));
            return null;
        }
    }

    private static Object convert(OptionSpec spec, @Nullable Object written) {
        if (written instanceof String text && References.present(text)) {
            throw new IllegalArgumentException("reference was not resolved");
        }
        return switch (spec.type()) {
            case STRING -> allowed(spec, scalar(written));
            case INTEGER -> integer(scalar(written));
            case NUMBER -> new BigDecimal(number(scalar(written))).doubleValue();
            case BOOLEAN -> bool(written);
            case DURATION -> Units.duration(scalar(written));
            case SIZE -> Units.size(scalar(written));
            case LIST -> list(spec, written);
            case MAP -> map(written);
        };
    }

    private static String scalar(@Nullable Object written) {
        if (written == null || written instanceof Collection || written instanceof Map) {
            throw new IllegalArgumentException("expected a single value");
        }
        return written.toString();
    }

    private static String allowed(OptionSpec spec, String text) {
        if (!spec.allowed().isEmpty() && !spec.allowed().contains(text)) {
            throw new IllegalArgumentException("'" + shown(spec, text) + "' is not allowed");
        }
        return text;
    }

    private static Long integer(String text) {
        try {
            return new BigDecimal(number(text)).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
        }
    }

    private static String number(String text) {
        try {
            return new BigDecimal(text.strip()).toString();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a number", e);
        }
    }

    private static Boolean bool(@Nullable Object written) {
        String text = scalar(written);
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        throw new IllegalArgumentException("'" + text + "' is not true or false");
    }

    private static List<String> list(OptionSpec spec, @Nullable Object written) {
        if (written instanceof Collection<?> items) {
            return items.stream().map(item -> allowed(spec, scalar(item))).toList();
        }
        return List.of(allowed(spec, scalar(written)));
    }

    private static Map<String, String> map(@Nullable Object written) {
        if (!(written instanceof Map<?, ?> entries)) {
            throw new IllegalArgumentException("expected names with values");
        }
        Map<String, String> map = new LinkedHashMap<>();
        entries.forEach((name, value) -> map.put(String.valueOf(name), scalar(value)));
        return map;
    }

    private static void checkBounds(OptionSpec spec, Object value) {
        double number;
        if (value instanceof Number plain) {
            number = plain.doubleValue();
        } else if (value instanceof Duration duration) {
            number = duration.toMillis();
        } else {
            return;
        }
        Double min = spec.min();
        Double max = spec.max();
        if ((min != null && number < min) || (max != null && number > max)) {
            throw new IllegalArgumentException("%s is outside %s to %s%s"
                    .formatted(
                            BigDecimal.valueOf(number).stripTrailingZeros().toPlainString(),
                            min == null
                                    ? "…"
                                    : BigDecimal.valueOf(min)
                                            .stripTrailingZeros()
                                            .toPlainString(),
                            max == null
                                    ? "…"
                                    : BigDecimal.valueOf(max)
                                            .stripTrailingZeros()
                                            .toPlainString(),
                            spec.type() == OptionType.DURATION ? " ms" : ""));
        }
    }

    private static String shown(OptionSpec spec, String text) {
        return spec.secret() ? "***" : text;
    }

    private static String hint(OptionSpec spec) {
        if (!spec.allowed().isEmpty()) {
            return "allowed: " + String.join(", ", spec.allowed());
        }
        return spec.example() == null ? spec.description() : "for example " + spec.example();
    }
}
