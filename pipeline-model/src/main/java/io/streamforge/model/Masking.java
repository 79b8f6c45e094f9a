package io.streamforge.model;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.OptionSpec;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hides the secrets of a workflow document, for everything that is shown, logged or answered: options declared secret, whatever is
 * named like a secret where no descriptor says otherwise, and passwords in URLs. References stay as they are.
 */
public final class Masking {

    /** What stands in the place of a secret. */
    public static final String MASK = "***";

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(passw|pwd|secret|token|credential|authorization|cookie|api[_-]?key|access[_-]?key|private[_-]?key).*");
    private static final Pattern WHOLE_REFERENCE = Pattern.compile("\\$\\{(secret|env):[^}]+}");
    private static final Pattern URL_PASSWORD = Pattern.compile("(://[^/?#@:\\s]*:)[^/?#\\s]*@");
    private static final Pattern QUERY_PASSWORD =
            Pattern.compile("(?i)([?&;][^=&;?]*(?:passw|pwd|secret|token|api_?key)[^=&;?]*=)[^&;#\\s]+");

    private final ConnectorDescriptors connectors;

    public Masking(ConnectorDescriptors connectors) {
        this.connectors = connectors;
    }

    /** Text with the passwords of the URLs in it hidden. */
    public static String text(String text) {
        String host = URL_PASSWORD.matcher(text).replaceAll("$1" + MASK + "@");
        return QUERY_PASSWORD.matcher(host).replaceAll("$1" + MASK);
    }

    static boolean secretName(String name) {
        return SECRET_NAME.matcher(name).matches();
    }

    /** A copy of the document ({@link WorkflowSpec#document}, or one that is no valid workflow) without its secrets. */
    public Map<String, Object> mask(Map<String, Object> document) {
        return members(document, (name, member) -> switch (name) {
            case "operators" -> member;
            case Template.PARAMETERS -> value(member, false);
            default -> component(member);
        });
    }

    /** Looks for what has a connector and options, at any depth. */
    private Object component(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(this::component).toList();
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        String connector = map.get("connector") instanceof String name ? name : null;
        return members(
                map,
                (name, member) -> name.equals("options") && member instanceof Map<?, ?> options
                        ? options(connector, options)
                        : component(member));
    }

    private Map<String, Object> options(@Nullable String connector, Map<?, ?> options) {
        List<OptionSpec> declared = connector == null
                ? List.of()
                : connectors.find(connector).map(Masking::declared).orElse(List.of());
        return members(options, (name, value) -> {
            Optional<OptionSpec> spec =
                    declared.stream().filter(one -> one.name().equals(name)).findFirst();
            boolean secret = spec.map(OptionSpec::secret).orElse(secretName(name));
            return value(value, secret);
        });
    }

    /** The options of both sides; of two with one name the secret one comes first. */
    private static List<OptionSpec> declared(ConnectorDescriptor descriptor) {
        return Stream.of(Optional.ofNullable(descriptor.source()), Optional.ofNullable(descriptor.sink()))
                .flatMap(Optional::stream)
                .flatMap(role -> role.options().stream())
                .sorted(Comparator.comparing(OptionSpec::secret).reversed())
                .toList();
    }

    private static Object value(Object value, boolean secret) {
        if (value instanceof Map<?, ?> map) {
            return members(map, (name, member) -> value(member, secret || secretName(name)));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> value(item, secret)).toList();
        }
        String text = String.valueOf(value);
        if (secret) {
            return WHOLE_REFERENCE.matcher(text).matches() ? value : MASK;
        }
        return OptionChecks.holdsCredentials(text) ? text(text) : value;
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
