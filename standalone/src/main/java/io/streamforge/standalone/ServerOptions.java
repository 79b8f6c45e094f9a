package io.streamforge.standalone;

import io.streamforge.standalone.Platform.LauncherKind;
import io.streamforge.standalone.Platform.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that start a platform. */
final class ServerOptions {

    @Option(names = "--data", paramLabel = "DIR", description = "Where broker, store, logs and the token lie.")
    @Nullable Path data;

    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            description = "Port of the embedded broker (default: a free one, kept in the data directory).")
    int brokerPort;

    @Option(
            names = "--broker",
            paramLabel = "HOST:PORT",
            description = "Use this Kafka broker instead of the embedded one.")
    @Nullable String broker;

    @Option(
            names = "--launcher",
            paramLabel = "KIND",
            description = {
                "in-process (default): workers share this JVM; process: a JVM per worker;",
                "kubernetes: a pod per worker, in the cluster of KUBECONFIG."
            })
    String launcher = "in-process";

    /** @param stopWorkers whether worker processes end with the platform */
    Settings settings(Path directory, int port, boolean stopWorkers) {
        return new Settings(directory, port, brokerPort, broker, LauncherKind.parse(launcher), stopWorkers, Map.of());
    }
}
