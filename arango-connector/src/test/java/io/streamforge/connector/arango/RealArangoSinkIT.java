package io.streamforge.connector.arango;

import io.streamforge.testing.arango.ArangoContainer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Against a real ArangoDB, where there is a Docker engine. */
class RealArangoSinkIT implements ArangoContract {

    private static @Nullable ArangoContainer container;

    @BeforeAll
    static void startContainer() {
        container = ArangoContainer.start(RealArangoSinkIT.class);
    }

    @AfterAll
    static void stopContainer() {
        if (container != null) {
            container.close();
        }
    }

    @Override
    public ArangoServer server() {
        ArangoContainer running = Objects.requireNonNull(container);
        return new ArangoServer(running.host(), running.port(), ArangoContainer.USERNAME, running.password());
    }
}
