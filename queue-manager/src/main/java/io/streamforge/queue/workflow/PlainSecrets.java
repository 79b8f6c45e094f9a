package io.streamforge.queue.workflow;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.Problem;
import io.streamforge.connector.References;
import io.streamforge.model.WorkflowSpec;
import io.streamforge.model.WorkflowSpec.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes the secrets that a user wrote in plain text out of a definition: each becomes a reference to a secret named after the
 * workflow and the option, {@code ${secret:orders.source.password}}. What looks like a secret inside another option, such as a
 * password in a URL, is a problem, because it would be shown with that option.
 */
public final class PlainSecrets {

    private static final Pattern IN_URL = Pattern.compile(
            "://[^/@\\s:]+:[^/@\\s]+@" + "|[?&;](?:password|passwd|pwd|secret|token|api_?key|access_?key)=[^&;$\\s]+",
            Pattern.CASE_INSENSITIVE);

    private final Function<String, Optional<ConnectorDescriptor>> descriptors;

    public PlainSecrets(Function<String, Optional<ConnectorDescriptor>> descriptors) {
        this.descriptors = descriptors;
    }

    /**
     * A definition without plain-text secrets.
     *
     * @param document the definition with references
     * @param secrets what was taken out, by name
     */
    public record Taken(Map<String, Object> document, Map<String, String> secrets) {

        /** Does not show the secrets. */
        @Override
        public String toString() {
            return "Taken[" + secrets.keySet() + "]";
        }
    }

    public Taken take(WorkflowSpec spec) {
        Map<String, String> secrets = new LinkedHashMap<>();
        Map<String, Object> document = new LinkedHashMap<>(spec.document());
        document.computeIfPresent(
                "source",
                (name, source) -> endpoint(
                        source, spec.source(), options(spec.source(), true), spec.name() + ".source", secrets));
        if (document.get("sinks") instanceof List<?> sinks) {
            List<Object> replaced = new ArrayList<>();
            for (int i = 0; i < sinks.size(); i++) {
                Endpoint sink = spec.sinks().get(i);
                String place = spec.name() + ".sink" + (i == 0 ? "" : Integer.toString(i));
                replaced.add(endpoint(sinks.get(i), sink, options(sink, false), place, secrets));
            }
            document.put("sinks", replaced);
        }
        return new Taken(document, secrets);
    }

    /** Problems of secrets that stand where they would be shown. */
    public List<Problem> misplaced(WorkflowSpec spec) {
        List<Problem> problems = new ArrayList<>();
        misplaced(spec.source(), options(spec.source(), true), problems);
        spec.sinks().forEach(sink -> misplaced(sink, options(sink, false), problems));
        return problems;
    }

    private static void misplaced(Endpoint endpoint, Set<String> secret, List<Problem> problems) {
        endpoint.options().forEach((name, value) -> {
            if (!secret.contains(name)
                    && value instanceof String text
                    && IN_URL.matcher(text).find()) {
                problems.add(new Problem(
                        "SECRET-IN-TEXT",
                        endpoint.path() + ".options." + name,
                        "holds what looks like a password or token, which would be shown with it",
                        "use the connector's own option for it, or a reference such as ${secret:name}"));
            }
        });
    }

    private Set<String> options(Endpoint endpoint, boolean source) {
        return descriptors
                .apply(endpoint.connector())
                .map(descriptor -> source ? descriptor.source() : descriptor.sink())
                .map(PlainSecrets::secret)
                .orElse(Set.of());
    }

    private static Set<String> secret(ConnectorDescriptor.@Nullable Role role) {
        return role == null
                ? Set.of()
                : role.options().stream()
                        .filter(OptionSpec::secret)
                        .map(OptionSpec::name)
                        .collect(Collectors.toSet());
    }

    private static Object endpoint(
            Object written, Endpoint endpoint, Set<String> secret, String place, Map<String, String> secrets) {
        if (!(written instanceof Map<?, ?> members) || secret.isEmpty()) {
            return written;
        }
        Map<String, Object> options = new LinkedHashMap<>(endpoint.options());
        secret.forEach(
                name -> options.computeIfPresent(name, (key, value) -> replace(value, place + "." + name, secrets)));
        Map<String, Object> replaced = new LinkedHashMap<>();
        members.forEach((name, value) -> replaced.put(String.valueOf(name), value));
        replaced.put("options", options);
        return replaced;
    }

    private static Object replace(Object value, String name, Map<String, String> secrets) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> replaced = new LinkedHashMap<>();
            map.forEach((key, member) -> replaced.put(
                    String.valueOf(key), replace(member, name + "." + plain(String.valueOf(key)), secrets)));
            return replaced;
        }
        if (value instanceof List<?> list) {
            List<Object> replaced = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                replaced.add(replace(list.get(i), name + "." + i, secrets));
            }
            return replaced;
        }
        String text = String.valueOf(value);
        if (References.present(text)) {
            return value;
        }
        secrets.put(name, text);
        return "${secret:" + name + "}";
    }

    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
    }
}
