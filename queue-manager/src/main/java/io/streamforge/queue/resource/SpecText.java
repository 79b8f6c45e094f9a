package io.streamforge.queue.resource;

import io.streamforge.model.Diagnostic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * A resource's spec as text: members by name, as {@code kubectl get -o yaml} prints them, because Kubernetes keeps no other order.
 * A place in it is a place in that output, counted from the line {@code spec:}.
 */
final class SpecText {

    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9][0-9.eE+_-]*");
    private static final int INDENT = 2;

    private SpecText() {}

    /** @param name of the resource, which the workflow gets too unless the spec names it, or a template does */
    static String of(Map<String, Object> spec, String name) {
        String text = yaml().dump(sorted(spec));
        boolean named = spec.containsKey("name") || spec.containsKey("template");
        // Behind the rest, so that it moves nothing.
        return named ? text : text + yaml().dump(Map.of("name", name));
    }

    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> members = new TreeMap<>();
            map.forEach((key, member) -> members.put(String.valueOf(key), member == null ? Null.NULL : sorted(member)));
            Map<String, Object> plain = new LinkedHashMap<>();
            members.forEach((key, member) -> plain.put(key, member));
            return plain;
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(item -> item == null ? Null.NULL : sorted(item))
                    .toList();
        }
        return value;
    }

    /** Where a problem of the text stands in the resource. */
    static Diagnostic inResource(Diagnostic problem) {
        return new Diagnostic(
                problem.level(),
                problem.severity(),
                problem.line() + 1,
                problem.column() + INDENT,
                problem.path().isEmpty() ? "spec" : "spec." + problem.path(),
                problem.code(),
                problem.message(),
                problem.suggestion());
    }

    private static Yaml yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setIndent(INDENT);
        options.setSplitLines(false);
        options.setWidth(Integer.MAX_VALUE);
        return new Yaml(new Scalars(options), options);
    }

    private enum Null {
        NULL
    }

    private static final class Scalars extends Representer {

        Scalars(DumperOptions options) {
            super(options);
            representers.put(String.class, value -> text((String) value));
            representers.put(Null.class, value -> representScalar(Tag.NULL, "null"));
        }

        private Node text(String text) {
            if (text.indexOf('\n') >= 0) {
                return representScalar(Tag.STR, text, ScalarStyle.LITERAL);
            }
            // What looks like a number to any reader is quoted.
            return NUMBER.matcher(text).matches()
                    ? representScalar(Tag.STR, text, ScalarStyle.DOUBLE_QUOTED)
                    : representScalar(Tag.STR, text, ScalarStyle.PLAIN);
        }
    }
}
