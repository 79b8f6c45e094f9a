package io.streamforge.queue.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arangodb.ArangoDB;
import com.arangodb.Protocol;
import io.streamforge.queue.store.Write.PutRun;
import io.streamforge.queue.store.Write.PutWorkflow;
import io.streamforge.queue.store.arango.ArangoStoreProvider;
import io.streamforge.testing.arango.ArangoStub;
import io.streamforge.testing.arango.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the stub of the documented API. */
class ArangoStoreIT extends RunStoreContract {

    private ArangoStub stub;

    @BeforeEach
    @Override
    void openStore() {
        stub = ArangoStub.start();
        super.openStore();
    }

    @AfterEach
    @Override
    void closeStore() {
        super.closeStore();
        stub.close();
    }

    @Override
    public Store open() {
        return open(stub.password());
    }

    @Test
    void shouldShowNothingOfAWriteThatWasCutOff() {
        // given: begin, insert, then the connection is gone before the commit arrives
        try (Store store = open()) {
            PutWorkflow change = new PutWorkflow(Samples.workflow("orders"));
            store.write(List.of(new PutRun(Samples.run("wf-orders-20260301-000001", "orders", Samples.NOW))));
            stub.fail(new Fault.Slow(Duration.ZERO));
            stub.fail(new Fault.Slow(Duration.ZERO));
            stub.fail(new Fault.ConnectionLost());

            // when, then
            assertThatThrownBy(() -> store.write(List.of(change)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("arangodb://");
            assertThat(store.workflow("orders")).isEmpty();
            store.write(List.of(change));
            assertThat(store.workflow("orders")).isPresent();
        }
    }

    @Test
    void shouldRefuseDataOfANewerRelease() {
        // given
        ArangoDB driver = new ArangoDB.Builder()
                .protocol(Protocol.HTTP_JSON)
                .host(stub.host(), stub.port())
                .password(stub.password())
                .build();
        driver.db("metadata").collection("streamforge_meta").updateDocument("schema", Map.of("version", 99));
        driver.shutdown();

        // when, then
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("holds data of a newer StreamForge (schema version 99, this one knows 2)");
    }

    @Test
    void shouldSayThatCredentialsAreWrongWithoutShowingThem() {
        assertThatThrownBy(() -> open("wrong-password"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not authorized")
                .hasMessageNotContaining("wrong-password");
    }

    @Test
    void shouldSayThatNobodyListens() {
        assertThatThrownBy(() -> new ArangoStoreProvider().open("arangodb://localhost:1/metadata", Map.of()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void shouldRefuseAnAddressWithoutADatabase() {
        assertThatThrownBy(() -> new ArangoStoreProvider().open("arangodb://localhost:8529", Map.of()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("arangodb://host:port/database");
    }

    private Store open(String password) {
        return new ArangoStoreProvider()
                .open(
                        "arangodb://%s:%d/metadata".formatted(stub.host(), stub.port()),
                        Map.of("username", ArangoStub.USERNAME, "password", password));
    }
}
