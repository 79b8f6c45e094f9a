package io.streamforge.queue.reconcile;

import io.streamforge.connector.References;
import io.streamforge.messages.Task;
import io.streamforge.queue.secret.SecretStore;
import io.streamforge.telemetry.Masks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a worker is configured by: where the broker is, where its start command stands, and the values its references name. */
public final class WorkerEnvironments {

    private static final String BROKER = "STREAMFORGE_BROKER";
    private static final String COMMAND = "STREAMFORGE_COMMAND";
    /** Credentials are among these. */
    private static final String KAFKA_PREFIX = "STREAMFORGE_KAFKA_";

    private final String broker;
    private final Map<String, String> images;
    private final Map<String, String> settings;
    private final References.Resolver references;

    /**
     * @param broker as workers reach it
     * @param images of worker modules, for pods
     * @param settings further variables every worker gets
     * @param surroundings the environment of queue-manager, for references that are not in the secret store
     */
    public WorkerEnvironments(
            String broker,
            Map<String, String> images,
            Map<String, String> settings,
            SecretStore secrets,
            Map<String, String> surroundings) {
        this.broker = broker;
        this.images = Map.copyOf(images);
        this.settings = Map.copyOf(settings);
        References.Resolver environment = References.ofEnvironment(surroundings);
        references = new References.Resolver() {
            @Override
            public Optional<String> secret(String name) {
                return hidden(secrets.get(name).or(() -> environment.secret(name)));
            }

            @Override
            public Optional<String> env(String name) {
                return environment.env(name);
            }
        };
    }

    /** Whoever is told a secret may say it, in a message of an exception; the log does not. */
    private static Optional<String> hidden(Optional<String> secret) {
        secret.ifPresent(Masks::hide);
        return secret;
    }

    /** Finds the values of references, as the workers will. */
    public References.Resolver references() {
        return references;
    }

    @Nullable String image(String worker) {
        return images.get(worker);
    }

    /** What every worker is told, and where its command stands. */
    Map<String, String> of(String command) {
        Map<String, String> environment = new HashMap<>();
        settings.forEach((name, value) -> {
            if (!name.startsWith(KAFKA_PREFIX)) {
                environment.put(name, value);
            }
        });
        environment.put(BROKER, broker);
        environment.put(COMMAND, command);
        return environment;
    }

    /** Values of the worker's references, nobody else's, and how it opens the broker's door. */
    Map<String, String> secrets(Task task) {
        Map<String, String> secret = new HashMap<>();
        settings.forEach((name, value) -> {
            if (name.startsWith(KAFKA_PREFIX)) {
                secret.put(name, value);
            }
        });
        References.resolve(task.options(), new Collector(secret), new ArrayList<>());
        return secret;
    }

    private final class Collector implements References.Resolver {

        private final Map<String, String> environment;

        Collector(Map<String, String> environment) {
            this.environment = environment;
        }

        @Override
        public Optional<String> secret(String name) {
            Optional<String> value = references.secret(name);
            value.ifPresent(found -> environment.put(References.environmentName(name), found));
            return value;
        }

        @Override
        public Optional<String> env(String name) {
            Optional<String> value = references.env(name);
            value.ifPresent(found -> environment.put(name, found));
            return value;
        }
    }
}
