package io.streamforge.testing.arango;

import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A real ArangoDB, where there is a Docker engine. */
public final class ArangoContainer implements AutoCloseable {

    /** Its one user. */
    public static final String USERNAME = "root";

    private static final String IMAGE = "arangodb:3.12";
    private static final String PASSWORD = "container-password";
    private static final int PORT = 8529;
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final GenericContainer<?> container;

    private ArangoContainer(GenericContainer<?> container) {
        this.container = container;
    }

    /**
     * Starts the server, or aborts the test with a line that says why.
     *
     * @throws org.opentest4j.TestAbortedException when there is no Docker engine
     */
    public static ArangoContainer start(Class<?> test) {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            String reason = test.getSimpleName() + " not run: no Docker engine, so " + IMAGE
                    + " cannot be started; only the stub of its documented API was tested";
            System.err.println(reason);
            Assumptions.abort(reason);
        }
        GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withEnv("ARANGO_ROOT_PASSWORD", PASSWORD)
                .withExposedPorts(PORT)
                .waitingFor(Wait.forHttp("/_api/version")
                        .forPort(PORT)
                        .withBasicCredentials(USERNAME, PASSWORD)
                        .withStartupTimeout(START_LIMIT));
        container.start();
        return new ArangoContainer(container);
    }

    public String host() {
        return container.getHost();
    }

    public int port() {
        return container.getMappedPort(PORT);
    }

    public String password() {
        return PASSWORD;
    }

    @Override
    public void close() {
        container.stop();
    }
}
