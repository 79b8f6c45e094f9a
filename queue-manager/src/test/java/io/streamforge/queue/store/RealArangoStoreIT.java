package io.streamforge.queue.store;

import io.streamforge.queue.store.arango.ArangoStoreProvider;
import io.streamforge.testing.arango.ArangoContainer;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Against a real ArangoDB, where there is a Docker engine. */
class RealArangoStoreIT extends RunStoreContract {

    private static @Nullable ArangoContainer container;
    private static int databases;

    @BeforeAll
    static void startContainer() {
        container = ArangoContainer.start(RealArangoStoreIT.class);
    }

    @AfterAll
    static void stopContainer() {
        if (container != null) {
            container.close();
        }
    }

    @BeforeEach
    @Override
    void openStore() {
        databases++;
        super.openStore();
    }

    @Override
    public Store open() {
        ArangoContainer running = Objects.requireNonNull(container);
        return new ArangoStoreProvider()
                .open(
                        "arangodb://%s:%d/metadata_%d".formatted(running.host(), running.port(), databases),
                        Map.of("username", ArangoContainer.USERNAME, "password", running.password()));
    }
}
