package io.streamforge.connector.arango;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkWriter;
import io.streamforge.testing.Records;
import io.streamforge.testing.arango.ArangoStub;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against the stub of the documented API as it was in 3.11, without versions in bulk operations. */
class OldArangoSinkIT implements ArangoContract {

    private static ArangoStub stub;

    @BeforeAll
    static void startStub() {
        stub = ArangoStub.start("3.11.8");
    }

    @AfterAll
    static void stopStub() {
        stub.close();
    }

    @Override
    public ArangoServer server() {
        return new ArangoServer(stub.host(), stub.port(), ArangoStub.USERNAME, stub.password());
    }

    @Test
    void shouldNotReplaceANewerRowByAnOlderOneThatComesLate() throws ConnectorException {
        Target target = newTarget();
        try (Sink sink = sink(target.keyedOptions());
                SinkWriter zombie = sink.open(context(ORDERS, 0));
                SinkWriter current = sink.open(context(ORDERS, 0))) {
            current.write(Records.of(ORDERS, 0, 0)
                    .put(1L, "old", null)
                    .put(1L, "new", null)
                    .batch());
            zombie.write(Records.of(ORDERS, 0, 0).put(1L, "old", null).batch());
        }

        assertThat(target.rows(ORDERS)).containsExactly(row(ORDERS, 1L, "new", null));
    }

    @Test
    void shouldRefuseToUpdate() throws ConnectorException {
        Map<String, Object> options = newTarget().keyedOptions();
        options.put("mode", "update");
        try (Sink sink = sink(options)) {
            assertThat(sink.check(ORDERS)).extracting(Problem::code).containsExactly("ARANGODB-VERSION");
        }
    }
}
