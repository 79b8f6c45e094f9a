package io.streamforge.model;

import io.streamforge.connector.Problem;
import io.streamforge.model.Diagnostic.Level;
import io.streamforge.model.Diagnostic.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Parsed YAML or JSON: plain values (Map, List, String, Long, BigInteger, BigDecimal, Boolean, null) and where each of them stood.
 *
 * @param root the top-level mapping, in the order written
 * @param locations by path; {@code ""} is the root
 */
public record Document(Map<String, Object> root, Map<String, Location> locations) {

    static final Document EMPTY = new Document(Map.of(), Map.of());

    /** A document whose text is gone; numbers are brought into the form a parser gives them. */
    static Document of(Map<String, Object> root) {
        @SuppressWarnings("unchecked")
        Map<String, Object> members = (Map<String, Object>) plain(root);
        return new Document(members, Map.of());
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> members = new LinkedHashMap<>();
            map.forEach((name, member) -> {
                if (member != null) {
                    members.put(String.valueOf(name), plain(member));
                }
            });
            return members;
        }
        if (value instanceof List<?> list) {
            return list.stream().filter(Objects::nonNull).map(Document::plain).toList();
        }
        if (value instanceof Integer || value instanceof Double || value instanceof Float || value instanceof Short) {
            return YamlText.number(value.toString());
        }
        return value;
    }

    /** Where the path stands, or the nearest of its parents that does. */
    public Location locate(String path) {
        String rest = path;
        while (true) {
            Location location = locations.get(rest);
            if (location != null) {
                return location;
            }
            int cut = Math.max(rest.lastIndexOf('.'), rest.lastIndexOf('['));
            if (cut < 0) {
                return locations.getOrDefault("", Location.START);
            }
            rest = rest.substring(0, cut);
        }
    }

    Diagnostic error(Level level, Problem problem) {
        return diagnostic(level, Severity.ERROR, problem);
    }

    Diagnostic diagnostic(Level level, Severity severity, Problem problem) {
        Location location = locate(problem.path());
        return new Diagnostic(
                level,
                severity,
                location.line(),
                location.column(),
                problem.path(),
                problem.code(),
                problem.message(),
                problem.suggestion());
    }

    static String member(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    static String item(String path, int index) {
        return path + "[" + index + "]";
    }
}
