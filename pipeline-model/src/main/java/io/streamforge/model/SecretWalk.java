package io.streamforge.model;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.OptionSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Copies a workflow document and lets someone replace the secrets that stand in it: options declared secret, whatever is named like a
 * secret where no descriptor says otherwise, and text that is a URL with a password.
 */
final class SecretWalk {

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(passw|pwd|secret|token|credential|authorization|cookie|api[_-]?key|access[_-]?key|private[_-]?key).*");
    private static final Pattern WHOLE_REFERENCE = Pattern.compile("\\$\\{(secret|env):[^}]+}");

    private final ConnectorDescriptors connectors;
    private final Replacement replacement;

    /** What stands in the place of a secret. */
    interface Replacement {

        /**
         * @param path in the document
         * @param url true when the value is a URL that holds a password
         */
        Object of(String path, String value, boolean url);
    }

    SecretWalk(ConnectorDescriptors connectors, Replacement replacement) {
        this.connectors = connectors;
        this.replacement = replacement;
    }

    static boolean secretName(String name) {
        return SECRET_NAME.matcher(name).matches();
    }

    Map<String, Object> document(Map<String, Object> document) {
        return members(document, (name, member) -> switch (name) {
            case "operators" -> member;
            case Template.PARAMETERS -> value(member, name, name, false);
            default -> component(member, name);
        });
    }

    /** Looks for what has a connector and options, at any depth. */
    private Object component(Object value, String path) {
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>(list.size());
            list.forEach(item -> items.add(component(item, Document.item(path, items.size()))));
            return items;
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        String connector = map.get("connector") instanceof String name ? name : null;
        return members(map, (name, member) -> {
            String memberPath = Document.member(path, name);
            return name.equals("options") && member instanceof Map<?, ?> options
                    ? options(connector, options, memberPath)
                    : component(member, memberPath);
        });
    }

    private Map<String, Object> options(@Nullable String connector, Map<?, ?> options, String path) {
        List<OptionSpec> declared = connector == null
                ? List.of()
                : connectors.find(connector).map(SecretWalk::declared).orElse(List.of());
        return members(options, (name, value) -> {
            Optional<OptionSpec> spec =
                    declared.stream().filter(one -> one.name().equals(name)).findFirst();
            boolean secret = spec.map(OptionSpec::secret).orElse(secretName(name));
            return value(value, name, Document.member(path, name), secret);
        });
    }

    /** The options of both sides; of two with one name the secret one comes first. */
    private static List<OptionSpec> declared(ConnectorDescriptor descriptor) {
        return Stream.of(Optional.ofNullable(descriptor.source()), Optional.ofNullable(descriptor.sink()))
                .flatMap(Optional::stream)
                .flatMap(role -> role.options().stream())
                .sorted(java.util.Comparator.comparing(OptionSpec::secret).reversed())
                .toList();
    }

    private Object value(Object value, String name, String path, boolean secret) {
        if (value instanceof Map<?, ?> map) {
            return members(
                    map,
                    (inner, member) -> value(member, inner, Document.member(path, inner), secret || secretName(inner)));
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>(list.size());
            list.forEach(item -> items.add(value(item, name, Document.item(path, items.size()), secret)));
            return items;
        }
        String text = String.valueOf(value);
        if (secret) {
            return WHOLE_REFERENCE.matcher(text).matches() ? value : replacement.of(path, text, false);
        }
        return OptionChecks.holdsCredentials(text) ? replacement.of(path, text, true) : value;
    }

    private interface Member {
        Object copy(String name, Object value);
    }

    private static Map<String, Object> members(Map<?, ?> map, Member member) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (value != null) {
                copy.put(String.valueOf(name), member.copy(String.valueOf(name), value));
            }
        });
        return copy;
    }
}
