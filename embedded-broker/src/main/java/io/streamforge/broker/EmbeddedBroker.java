package io.streamforge.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running broker. Its data survives {@link #close}, and the death of the process. */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final int PORT_ATTEMPTS = 5;
    private static final long READY_SECONDS = 60;

    private final KafkaRaftServer server;
    private final DirectoryLock lock;
    private final String bootstrapServers;
    private final String clusterId;
    private final int port;
    private boolean closed;

    private EmbeddedBroker(
            KafkaRaftServer server, DirectoryLock lock, String bootstrapServers, String clusterId, int port) {
        this.server = server;
        this.lock = lock;
        this.bootstrapServers = bootstrapServers;
        this.clusterId = clusterId;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it answers.
     *
     * @throws BrokerException when the directory is in use or not writable, the port is taken, or Kafka does not come up
     */
    public static EmbeddedBroker start(BrokerSettings settings) {
        DirectoryLock lock = DirectoryLock.acquire(settings.directory().toAbsolutePath());
        try {
            return start(settings, lock);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedBroker start(BrokerSettings settings, DirectoryLock lock) {
        Path data = settings.directory().toAbsolutePath().resolve("data");
        String clusterId = Storage.clusterId(data);
        BrokerException lastFailure = null;
        // A free port may be taken by somebody else before the broker binds it; a port that was asked for is asked for
        // once.
        for (int attempt = 0; attempt < (settings.port() == 0 ? PORT_ATTEMPTS : 1); attempt++) {
            int port = settings.port() == 0 ? freePort(settings.host()) : settings.port();
            try {
                return launch(settings, lock, data, clusterId, port);
            } catch (BrokerException e) {
                lastFailure = e;
                if (!e.code().equals("BROKER-PORT-IN-USE")) {
                    break;
                }
            }
        }
        throw java.util.Objects.requireNonNull(lastFailure);
    }

    private static EmbeddedBroker launch(
            BrokerSettings settings, DirectoryLock lock, Path data, String clusterId, int port) {
        long begin = System.nanoTime();
        requireFree(settings.host(), port);
        int controllerPort = freePort(BrokerSettings.LOOPBACK);
        KafkaRaftServer server = new KafkaRaftServer(
                new KafkaConfig(BrokerProperties.of(settings, data, port, controllerPort), false), Time.SYSTEM);
        String bootstrap = reachable(settings.host()) + ":" + port;
        try {
            server.startup();
            requireIdentity(bootstrap, clusterId);
        } catch (RuntimeException e) {
            server.shutdown();
            server.awaitShutdown();
            throw failure(e, port);
        }
        log.atInfo()
                .addKeyValue("bootstrap_servers", bootstrap)
                .addKeyValue("directory", settings.directory())
                .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin))
                .log("broker is ready");
        return new EmbeddedBroker(server, lock, bootstrap, clusterId, port);
    }

    private static BrokerException failure(RuntimeException e, int port) {
        if (e instanceof BrokerException known) {
            return known;
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return portInUse(port, e);
            }
        }
        return new BrokerException("BROKER-START", "Kafka did not start (" + e.getMessage() + ")", e);
    }

    private static void requireIdentity(String bootstrap, String clusterId) {
        Map<String, Object> properties = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG,
                "");
        try (Admin admin = Admin.create(properties)) {
            String answered = admin.describeCluster().clusterId().get(READY_SECONDS, TimeUnit.SECONDS);
            if (!clusterId.equals(answered)) {
                throw new BrokerException(
                        "BROKER-PORT-IN-USE", bootstrap + " answers as cluster " + answered + ", not " + clusterId);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new BrokerException("BROKER-START", "the broker at " + bootstrap + " does not answer (" + e + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("BROKER-START", "interrupted while the broker started", e);
        }
    }

    private static void requireFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw portInUse(port, e);
        }
    }

    private static BrokerException portInUse(int port, Exception cause) {
        return new BrokerException(
                "BROKER-PORT-IN-USE", "port " + port + " is taken; choose another or 0 for a free one", cause);
    }

    private static int freePort(String host) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BrokerException("BROKER-START", "no free port on " + host + " (" + e + ")", e);
        }
    }

    private static String reachable(String host) {
        return host.equals("0.0.0.0") ? BrokerSettings.LOOPBACK : host;
    }

    /** {@code host:port} for clients on this machine. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    public int port() {
        return port;
    }

    /** Identity of the data directory; the same in every start. */
    public String clusterId() {
        return clusterId;
    }

    /** Stops the broker and waits until its files are closed; harmless when called again. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            server.shutdown();
            server.awaitShutdown();
        } finally {
            lock.close();
        }
    }
}
