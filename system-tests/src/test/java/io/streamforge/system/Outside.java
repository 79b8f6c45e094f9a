package io.streamforge.system;

import io.streamforge.broker.BrokerSettings;
import io.streamforge.broker.EmbeddedBroker;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server and a Kafka broker on this machine that pods reach; made on first use, gone with the JVM. */
final class Outside {

    private static @Nullable Outside shared;

    private final String host;
    private final EmbeddedPostgresServer postgres;
    private final EmbeddedBroker broker;

    private Outside(String host) {
        this.host = host;
        postgres = EmbeddedPostgresServer.reachableAt(host);
        broker = EmbeddedBroker.start(BrokerSettings.in(directory()).withHost("0.0.0.0", host));
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop servers"));
    }

    private void close() {
        broker.close();
        postgres.close();
    }

    static synchronized Outside servers() {
        Outside servers = shared;
        if (servers == null) {
            servers = new Outside(address());
            shared = servers;
        }
        return servers;
    }

    /** This machine, as pods see it. */
    static String address() {
        return Objects.requireNonNull(System.getenv("CLUSTER_HOST_IP"));
    }

    private static Path directory() {
        try {
            Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
            return Files.createTempDirectory(target, "broker-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String bootstrapServers() {
        return host + ":" + broker.port();
    }

    PostgresDatabase newDatabase() {
        return postgres.newDatabase();
    }

    /** As pods write it, without its scheme. */
    String address(PostgresDatabase database) {
        return "postgresql://%s:%d/%s".formatted(host, database.port(), database.name());
    }
}
