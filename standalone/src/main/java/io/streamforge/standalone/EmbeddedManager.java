package io.streamforge.standalone;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.streamforge.queue.QueueManagerApplication;
import io.streamforge.standalone.Platform.LauncherKind;
import io.streamforge.worker.WorkerMetrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** queue-manager in this JVM. */
final class EmbeddedManager implements AutoCloseable {

    private static final String PREFIX = "streamforge.";
    private static final List<String> WORKER_OPTIONS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k", "-XX:+ExitOnOutOfMemoryError");

    private final ConfigurableApplicationContext context;

    private EmbeddedManager(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** @throws CommandException when the port is taken */
    static EmbeddedManager start(Platform.Settings settings, Path data, String broker) {
        SpringApplicationBuilder builder = QueueManagerApplication.builder()
                .registerShutdownHook(false)
                // Other modules on the class path bring an application.yaml of their own.
                .properties("spring.config.name=streamforge")
                .initializers(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("command line", properties(settings, data, broker))));
        if (settings.launcher() == LauncherKind.IN_PROCESS) {
            builder.initializers(context -> workersHere((GenericApplicationContext) context, data.resolve("runs")));
        }
        try {
            return new EmbeddedManager(builder.run());
        } catch (PortInUseException e) {
            throw new CommandException(
                    Exit.BAD_INPUT, "port " + e.getPort() + " is taken; choose another with --port", e);
        }
    }

    private static void workersHere(GenericApplicationContext context, Path logs) {
        context.registerBean(InProcessLauncher.class, () -> new InProcessLauncher(logs));
        context.registerBean(
                MultiCollector.class, () -> WorkerMetrics.collector(context.getBean(InProcessLauncher.class)::workers));
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @Override
    public void close() {
        context.close();
    }

    private static Map<String, Object> properties(Platform.Settings settings, Path data, String broker) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", settings.port());
        properties.put(PREFIX + "data", data.toString());
        properties.put(PREFIX + "broker", broker);
        properties.put(PREFIX + "workers.stop-on-exit", settings.stopWorkers());
        if (settings.launcher() == LauncherKind.KUBERNETES) {
            properties.put(PREFIX + "launcher", "kubernetes");
        }
        properties.put(PREFIX + "workers.options", String.join(",", workerOptions()));
        flatten(PREFIX + "template-defaults", settings.templateDefaults(), properties);
        return properties;
    }

    /** The class-data archive of this command serves workers too: they have the same class path. */
    private static List<String> workerOptions() {
        List<String> options = new ArrayList<>(WORKER_OPTIONS);
        String archive = System.getProperty("streamforge.archive");
        if (archive != null) {
            options.add("-XX:SharedArchiveFile=" + archive);
            options.add("-XX:+UnlockDiagnosticVMOptions");
            options.add("-XX:ArchiveRelocationMode=0");
        }
        return options;
    }

    private static void flatten(String name, Object value, Map<String, Object> properties) {
        if (value instanceof Map<?, ?> members) {
            members.forEach((member, inner) -> flatten(name + "[" + member + "]", inner, properties));
        } else {
            // Parameters of templates look like Spring's placeholders and are not for Spring.
            properties.put(name, value.toString().replace("${", "\\${"));
        }
    }
}
