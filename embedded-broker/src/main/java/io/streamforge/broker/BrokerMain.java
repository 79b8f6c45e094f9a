package io.streamforge.broker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/**
 * A broker as a process of its own. Options stand in the environment: {@code STREAMFORGE_BROKER_DIRECTORY} (required),
 * {@code STREAMFORGE_BROKER_PORT} (0), {@code STREAMFORGE_BROKER_HOST} (127.0.0.1) and {@code
 * STREAMFORGE_BROKER_ADVERTISED_HOST} (the host); a directory and a port given as arguments come first. Prints {@code broker
 * ready at HOST:PORT} once, and ends with 143 on SIGTERM, 2 when the directory or port cannot be used, 3 otherwise.
 */
public final class BrokerMain {

    private static final int BAD_INPUT = 2;
    private static final int INTERNAL = 3;

    private BrokerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        try {
            EmbeddedBroker broker = EmbeddedBroker.start(settings(arguments, System.getenv()));
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-close"));
            out.println("broker ready at " + broker.bootstrapServers());
        } catch (BrokerException | IllegalArgumentException e) {
            out.println(e.getMessage());
            System.exit(
                    e instanceof BrokerException failed && failed.code().equals("BROKER-START") ? INTERNAL : BAD_INPUT);
        }
        new CountDownLatch(1).await();
    }

    static BrokerSettings settings(String[] arguments, Map<String, String> environment) {
        String directory = arguments.length > 0 ? arguments[0] : environment.get("STREAMFORGE_BROKER_DIRECTORY");
        if (directory == null || directory.isBlank()) {
            throw new IllegalArgumentException(
                    "no data directory: give it as the first argument or in STREAMFORGE_BROKER_DIRECTORY");
        }
        String port = arguments.length > 1 ? arguments[1] : environment.getOrDefault("STREAMFORGE_BROKER_PORT", "0");
        String host = environment.getOrDefault("STREAMFORGE_BROKER_HOST", BrokerSettings.LOOPBACK);
        String advertised = environment.getOrDefault("STREAMFORGE_BROKER_ADVERTISED_HOST", host);
        try {
            return BrokerSettings.in(Path.of(directory))
                    .withHost(host, advertised)
                    .withPort(Integer.parseInt(port));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("port must be a number, got '" + port + "'", e);
        }
    }
}
