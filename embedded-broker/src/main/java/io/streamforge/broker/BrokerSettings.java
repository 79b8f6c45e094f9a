package io.streamforge.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a broker is told.
 *
 * @param directory holds all of its data; created when missing
 * @param host address to listen on
 * @param advertisedHost name or address under which clients reach it
 * @param port to listen on; 0 takes a free one
 * @param overrides Kafka broker properties that replace the built-in ones
 */
public record BrokerSettings(
        Path directory, String host, String advertisedHost, int port, Map<String, String> overrides) {

    public static final String LOOPBACK = "127.0.0.1";
    private static final int MAX_PORT = 65_535;

    public BrokerSettings {
        overrides = Map.copyOf(overrides);
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port must be 0 to " + MAX_PORT + ", got " + port);
        }
        if (host.isBlank() || advertisedHost.isBlank()) {
            throw new IllegalArgumentException("host and advertised host must not be empty");
        }
    }

    /** Reachable from this machine only, on a free port. */
    public static BrokerSettings in(Path directory) {
        return new BrokerSettings(directory, LOOPBACK, LOOPBACK, 0, Map.of());
    }

    public BrokerSettings withPort(int newPort) {
        return new BrokerSettings(directory, host, advertisedHost, newPort, overrides);
    }

    /** Listens on {@code newHost} and tells clients to come to {@code newAdvertisedHost}. */
    public BrokerSettings withHost(String newHost, String newAdvertisedHost) {
        return new BrokerSettings(directory, newHost, newAdvertisedHost, port, overrides);
    }

    public BrokerSettings with(String property, String value) {
        Map<String, String> more = new LinkedHashMap<>(overrides);
        more.put(property, value);
        return new BrokerSettings(directory, host, advertisedHost, port, more);
    }
}
