package io.streamforge.model;

import io.streamforge.connector.Problem;
import io.streamforge.model.Diagnostic.Level;
import io.streamforge.model.Diagnostic.Severity;
import java.util.Map;

/**
 * Parsed YAML or JSON: plain values (Map, List, String, Long, BigInteger, BigDecimal, Boolean, null) and where each of them stood.
 *
 * @param root the top-level mapping, in the order written
 * @param locations by path; {@code ""} is the root
 */
public record Document(Map<String, Object> root, Map<String, Location> locations) {

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
