package io.streamforge.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that start a platform. */
final class ServerOptions {

    @Option(names = "--data", paramLabel = "DIR", description = "Where broker, store, logs and the token lie.")
    @Nullable
    Path data;

    @Option(names = "--broker-port", paramLabel = "PORT", description = "Port of the embedded broker (default: a free one).")
    int brokerPort;

    @Option(names = "--broker", paramLabel = "HOST:PORT", description = "Use this Kafka broker instead of the embedded one.")
    @Nullable
    String broker;

    @Option(
            names = "--launcher",
            paramLabel = "KIND",
            description = "in-process: workers share this JVM; process: a JVM per worker; kubernetes: pods.")
    @Nullable
    String launcher;
}
