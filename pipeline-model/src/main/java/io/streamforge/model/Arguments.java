package io.streamforge.model;

import io.streamforge.connector.Problem;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of a template's parameters: given ones, then the server's defaults, then the template's. */
final class Arguments implements Placeholders.Values {

    private final Map<String, Parameter> parameters;
    private final Map<String, Object> given;
    private final Map<String, Object> serverDefaults;
    private final String prefix;
    private final List<Problem> problems;
    private final Map<String, @Nullable Object> resolved = new HashMap<>();
    private final Set<String> resolving = new LinkedHashSet<>();
    private final Placeholders placeholders;

    /** @param prefix path of the mapping in the text that holds the parameters; empty when it is the root */
    Arguments(
            Map<String, Parameter> parameters,
            Map<String, Object> given,
            Map<String, Object> serverDefaults,
            String prefix,
            List<Problem> problems) {
        this.parameters = new LinkedHashMap<>(parameters);
        this.given = given;
        this.serverDefaults = serverDefaults;
        this.prefix = prefix;
        this.problems = problems;
        placeholders = new Placeholders(this, problems);
    }

    /** Looks at every parameter, so that each mistake is reported whether the parameter is used or not. */
    void check() {
        parameters.keySet().forEach(this::get);
    }

    @Override
    public Set<String> names() {
        return parameters.keySet();
    }

    @Override
    public @Nullable Object get(String name) {
        if (resolved.containsKey(name)) {
            return resolved.get(name);
        }
        String path = Document.member(prefix, name);
        if (!resolving.add(name)) {
            problems.add(new Problem(
                    "PARAMETER-CYCLE", path, "defaults refer to one another: " + String.join(", ", resolving), null));
            return null;
        }
        Object value = resolve(java.util.Objects.requireNonNull(parameters.get(name)), path);
        resolving.remove(name);
        resolved.put(name, value);
        return value;
    }

    private @Nullable Object resolve(Parameter parameter, String path) {
        Object value = given.get(parameter.name());
        if (value == null) {
            Object fallback = serverDefaults.getOrDefault(parameter.name(), parameter.defaultValue());
            value = fallback == null ? null : placeholders.expand(fallback, path);
            if (value == null && fallback == null && parameter.required()) {
                problems.add(new Problem(
                        "MISSING-PARAMETER",
                        path,
                        "parameter '" + parameter.name() + "' is required",
                        parameter.hint()));
            }
        }
        return value == null ? null : parameter.accept(value, path, problems);
    }
}
