package io.streamforge.graph;

import io.streamforge.connector.Problem;
import io.streamforge.connector.Suggestions;
import io.streamforge.connector.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members of one mapping of a configuration, each taken once by name; what is not taken is unknown. Mistakes are
 * added to the problems, with their paths, and the member counts as absent.
 */
final class Fields {

    static final String CONFIGURATION = "GRAPH-CONFIGURATION";

    private final String path;
    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();
    private final List<String> known = new ArrayList<>();
    private final List<Problem> problems;
    private final boolean readable;

    /** @param example of such a mapping */
    Fields(@Nullable Object written, String path, String example, List<Problem> problems) {
        this.path = path;
        this.problems = problems;
        readable = written instanceof Map;
        if (written instanceof Map<?, ?> map) {
            map.forEach((name, value) -> members.put(String.valueOf(name), value));
        } else {
            problem("", "expected names with values", "for example " + example);
        }
    }

    String path(String member) {
        return path.isEmpty() ? member : path + "." + member;
    }

    void problem(String member, String message, String suggestion) {
        problem(CONFIGURATION, member, message, suggestion);
    }

    void problem(String code, String member, String message, String suggestion) {
        problems.add(new Problem(code, member.isEmpty() ? path : path(member), message, suggestion));
    }

    Optional<Object> take(String name) {
        known.add(name);
        return Optional.ofNullable(members.remove(name));
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    /** Text of a scalar. */
    Optional<String> text(String name, String example) {
        return take(name).flatMap(value -> {
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                return Optional.of(value.toString());
            }
            problem(name, "expected text", "for example " + example);
            return Optional.empty();
        });
    }

    Optional<String> requiredText(String name, String example) {
        if (!has(name)) {
            missing(name, example);
            take(name);
            return Optional.empty();
        }
        return text(name, example);
    }

    void missing(String name, String example) {
        if (!readable) {
            return;
        }
        problem("", "'" + name + "' is missing", "add " + name + ", for example " + name + ": " + example);
    }

    Optional<Duration> duration(String name, String example) {
        return text(name, example).flatMap(written -> {
            try {
                return Optional.of(Units.duration(written));
            } catch (IllegalArgumentException e) {
                problem(name, String.valueOf(e.getMessage()), "for example " + example);
                return Optional.empty();
            }
        });
    }

    Optional<Integer> whole(String name, int least, int most) {
        return number(name, least, most).flatMap(number -> {
            if (number == Math.rint(number)) {
                return Optional.of(number.intValue());
            }
            problem(name, "expected a whole number", bounds(least, most));
            return Optional.empty();
        });
    }

    Optional<Double> number(String name, double least, double most) {
        return take(name).flatMap(written -> {
            try {
                double number = Double.parseDouble(written.toString());
                if (number >= least && number <= most) {
                    return Optional.of(number);
                }
            } catch (NumberFormatException e) {
                problem(name, "'" + written + "' is not a number", bounds(least, most));
                return Optional.empty();
            }
            problem(name, "'" + written + "' is out of bounds", bounds(least, most));
            return Optional.empty();
        });
    }

    /** One of an enum's names in lower case; the default when absent. */
    <E extends Enum<E>> E choice(String name, Class<E> type, E absent) {
        return text(name, name(absent))
                .flatMap(written -> chosen(name, written, type))
                .orElse(absent);
    }

    /** As {@link #choice}, for a member that must be there. */
    <E extends Enum<E>> Optional<E> requiredChoice(String name, Class<E> type) {
        return requiredText(name, name(type.getEnumConstants()[0])).flatMap(written -> chosen(name, written, type));
    }

    private <E extends Enum<E>> Optional<E> chosen(String name, String written, Class<E> type) {
        List<String> names = new ArrayList<>();
        for (E value : type.getEnumConstants()) {
            if (name(value).equals(written)) {
                return Optional.of(value);
            }
            names.add(name(value));
        }
        problem(name, "'" + written + "' is not known here", Suggestions.sentence(written, names));
        return Optional.empty();
    }

    /** The remaining members by name, all of them known. */
    Map<String, @Nullable Object> rest() {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(members);
        members.clear();
        return rest;
    }

    /** To be called when all that is known has been taken. */
    void done() {
        for (String unknown : members.keySet()) {
            problem("GRAPH-MEMBER", unknown, "unknown member", Suggestions.sentence(unknown, known));
        }
    }

    private static String bounds(double least, double most) {
        return most >= Integer.MAX_VALUE ? shown(least) + " or more" : "from " + shown(least) + " to " + shown(most);
    }

    private static String shown(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
