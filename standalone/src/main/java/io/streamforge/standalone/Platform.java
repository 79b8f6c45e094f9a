package io.streamforge.standalone;

import io.streamforge.broker.BrokerException;
import io.streamforge.broker.BrokerSettings;
import io.streamforge.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Broker, queue-manager and launcher in this JVM, started together and closed in reverse. */
final class Platform implements AutoCloseable {

    private static final String BROKER_PORT = "port";
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    private final @Nullable EmbeddedBroker broker;
    private final String bootstrapServers;
    private final EmbeddedManager manager;
    private final ApiClient api;

    private Platform(@Nullable EmbeddedBroker broker, String bootstrapServers, EmbeddedManager manager, ApiClient api) {
        this.broker = broker;
        this.bootstrapServers = bootstrapServers;
        this.manager = manager;
        this.api = api;
    }

    /** Where workers run. */
    enum LauncherKind {
        IN_PROCESS,
        PROCESS,
        KUBERNETES;

        static LauncherKind parse(String text) {
            return Arrays.stream(values())
                    .filter(kind -> kind.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new CommandException(
                            Exit.BAD_INPUT,
                            "'" + text + "' is not a launcher; allowed: "
                                    + String.join(
                                            ", ",
                                            Arrays.stream(values())
                                                    .map(LauncherKind::text)
                                                    .toList())));
        }

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * @param port of the API, 0 for a free one
     * @param brokerPort of the embedded broker, 0 for the one it had before or a free one
     * @param broker an external broker; null starts the embedded one
     * @param stopWorkers whether worker processes end with the platform
     * @param templateDefaults defaults of shipped templates' parameters
     */
    record Settings(
            Path data,
            int port,
            int brokerPort,
            @Nullable String broker,
            LauncherKind launcher,
            boolean stopWorkers,
            Map<String, Object> templateDefaults) {}

    /** @throws CommandException saying what keeps the platform from starting */
    static Platform start(Settings settings) {
        Path data = settings.data().toAbsolutePath().normalize();
        configureLogs(data);
        EmbeddedBroker broker = settings.broker() == null ? startBroker(data, settings.brokerPort()) : null;
        String servers = broker == null ? Objects.requireNonNull(settings.broker()) : broker.bootstrapServers();
        EmbeddedManager manager = null;
        try {
            manager = EmbeddedManager.start(settings, data, servers);
            URI server = URI.create("http://127.0.0.1:" + manager.port());
            ApiClient.awaitReady(server, READY_LIMIT);
            String token = Files.readString(data.resolve(DataDirectory.TOKEN)).strip();
            return new Platform(broker, servers, manager, new ApiClient(server, token));
        } catch (IOException e) {
            close(manager, broker);
            throw new CommandException(Exit.INTERNAL, "the token cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            close(manager, broker);
            throw e;
        }
    }

    ApiClient api() {
        return api;
    }

    /** {@code host:port} of the broker. */
    String broker() {
        return bootstrapServers;
    }

    /** Follows a run to its end, or until the command is interrupted. */
    RunView follow(String queueId, boolean quiet, CommandLine command, Interruption interruption) {
        PrintWriter out = quiet ? new PrintWriter(Writer.nullWriter()) : command.getOut();
        return new RunFollower(api, out, Boolean.getBoolean("streamforge.terminal"), interruption).follow(queueId);
    }

    @Override
    public void close() {
        close(manager, broker);
    }

    private static void close(@Nullable EmbeddedManager manager, @Nullable EmbeddedBroker broker) {
        try {
            if (manager != null) {
                manager.close();
            }
        } finally {
            if (broker != null) {
                broker.close();
            }
        }
    }

    /** Workers that outlive the platform come back to the port they know, so it is kept. */
    private static EmbeddedBroker startBroker(Path data, int wantedPort) {
        Path directory = data.resolve(DataDirectory.BROKER);
        BrokerSettings settings = BrokerSettings.in(directory);
        try {
            EmbeddedBroker broker = wantedPort != 0
                    ? EmbeddedBroker.start(settings.withPort(wantedPort))
                    : startOnKnownPort(settings, directory.resolve(BROKER_PORT));
            Files.writeString(directory.resolve(BROKER_PORT), broker.port() + "\n");
            return broker;
        } catch (BrokerException e) {
            throw new CommandException(Exit.BAD_INPUT, "the broker does not start: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandException(Exit.BAD_INPUT, directory + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static EmbeddedBroker startOnKnownPort(BrokerSettings settings, Path file) throws IOException {
        if (!Files.exists(file)) {
            return EmbeddedBroker.start(settings);
        }
        int known = Integer.parseInt(Files.readString(file).strip());
        try {
            return EmbeddedBroker.start(settings.withPort(known));
        } catch (BrokerException e) {
            if (!e.code().equals("BROKER-PORT-IN-USE")) {
                throw e;
            }
            return EmbeddedBroker.start(settings);
        }
    }

    private static void configureLogs(Path data) {
        System.setProperty("streamforge.log.file", data.resolve("server.log").toString());
        System.setProperty("streamforge.log.runs", data.resolve("runs").toString());
    }
}
