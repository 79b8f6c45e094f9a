package io.streamforge.model;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.OptionSpec;
import io.streamforge.messages.Json;
import io.streamforge.messages.Task;
import io.streamforge.model.WorkflowSpec.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The connectors that can be named in a workflow, by name; known from their descriptors alone, never from their classes. */
public final class ConnectorDescriptors {

    /** How the name of a connector ends that follows a system's changes, or what happens there. */
    private static final List<String> FOLLOWING = List.of("-changes", "-live");

    private final Map<String, ConnectorDescriptor> byName = new TreeMap<>();

    private ConnectorDescriptors() {}

    public static ConnectorDescriptors of(Collection<ConnectorDescriptor> descriptors) {
        ConnectorDescriptors all = new ConnectorDescriptors();
        descriptors.forEach(descriptor -> all.byName.putIfAbsent(descriptor.name(), descriptor));
        return all;
    }

    /**
     * Reads every {@link ConnectorDescriptor#INDEX} on the class path and the descriptors it names.
     *
     * @throws IllegalStateException when a descriptor is missing or cannot be read
     */
    public static ConnectorDescriptors load(ClassLoader loader) {
        ConnectorDescriptors all = new ConnectorDescriptors();
        try {
            for (URL index : Collections.list(loader.getResources(ConnectorDescriptor.INDEX))) {
                try (InputStream names = index.openStream()) {
                    text(names)
                            .lines()
                            .filter(name -> !name.isBlank())
                            .forEach(name -> all.byName.computeIfAbsent(name, missing -> descriptor(missing, loader)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the connectors' descriptors", e);
        }
        return all;
    }

    public Map<String, ConnectorDescriptor> all() {
        return Collections.unmodifiableMap(byName);
    }

    public Optional<ConnectorDescriptor> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** One side of a connector; empty when there is no such connector or it has not that side. */
    public Optional<ConnectorDescriptor.Role> role(String connector, Task.Role role) {
        return find(connector).map(descriptor -> side(descriptor, role));
    }

    /**
     * The source of a workflow: in a streaming one {@code postgresql} means the connector {@code postgresql-changes}, which follows
     * the system's changes, and {@code exchange} means {@code exchange-live}.
     */
    public Endpoint source(WorkflowSpec spec) {
        Endpoint written = spec.source();
        if (spec.mode() != WorkflowSpec.Mode.STREAMING) {
            return written;
        }
        return FOLLOWING.stream()
                .map(written.connector()::concat)
                .filter(name -> role(name, Task.Role.SOURCE).isPresent())
                .findFirst()
                .map(name -> new Endpoint(written.path(), name, written.options()))
                .orElse(written);
    }

    /** Names of the connectors that have this side. */
    public List<String> names(Task.Role role) {
        return byName.values().stream()
                .filter(descriptor -> side(descriptor, role) != null)
                .map(ConnectorDescriptor::name)
                .toList();
    }

    /** True when the sink puts its rows in the place of what the target held before. */
    boolean replaces(Endpoint sink) {
        Object written = sink.options().get("mode");
        Optional<String> fallback = role(sink.connector(), Task.Role.SINK).stream()
                .flatMap(role -> role.options().stream())
                .filter(option -> option.name().equals("mode"))
                .findFirst()
                .map(OptionSpec::defaultValue);
        return "replace".equals(written == null ? fallback.orElse(null) : written);
    }

    private static ConnectorDescriptor.@Nullable Role side(ConnectorDescriptor descriptor, Task.Role role) {
        return switch (role) {
            case SOURCE -> descriptor.source();
            case SINK -> descriptor.sink();
            case STAGE -> null;
        };
    }

    private static ConnectorDescriptor descriptor(String name, ClassLoader loader) {
        String path = ConnectorDescriptor.RESOURCES + name + ".json";
        try (InputStream resource = loader.getResourceAsStream(path)) {
            if (resource == null) {
                throw new IllegalStateException(path + " is listed in " + ConnectorDescriptor.INDEX + " but missing");
            }
            return Json.MAPPER.readValue(text(resource), ConnectorDescriptor.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        } catch (JacksonException e) {
            throw new IllegalStateException(path + " is not a descriptor: " + e.getOriginalMessage(), e);
        }
    }

    private static String text(InputStream resource) throws IOException {
        return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
}
