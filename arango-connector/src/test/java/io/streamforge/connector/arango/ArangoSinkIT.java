package io.streamforge.connector.arango;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.WriteResult;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import io.streamforge.testing.Records;
import io.streamforge.testing.arango.ArangoStub;
import io.streamforge.testing.arango.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Against the stub of the documented API (3.12). */
class ArangoSinkIT implements ArangoContract {

    private static final RowSchema KEYLESS =
            new RowSchema("lines", List.of(Column.required("text", DataType.STRING)), List.of());

    private static ArangoStub stub;

    @BeforeAll
    static void startStub() {
        stub = ArangoStub.start();
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
        // given: two writers of the same task, the first of which is slow
        Target target = newTarget();
        try (Sink sink = sink(target.keyedOptions());
                SinkWriter zombie = sink.open(context(ORDERS, 0));
                SinkWriter current = sink.open(context(ORDERS, 0))) {
            current.write(Records.of(ORDERS, 0, 0)
                    .put(1L, "old", null)
                    .put(1L, "new", null)
                    .put(2L, "kept", null)
                    .batch());

            // when
            zombie.write(
                    Records.of(ORDERS, 0, 0).put(1L, "old", null).delete(2L).batch());
        }

        // then
        assertThat(target.rows(ORDERS))
                .containsExactlyInAnyOrder(row(ORDERS, 1L, "new", null), row(ORDERS, 2L, "kept", null));
    }

    @Test
    void shouldReplaceTheRowsOfAnEarlierRunWhoseOffsetsWereHigher() throws ConnectorException {
        Target target = newTarget();
        try (Sink sink = sink(target.keyedOptions())) {
            try (SinkWriter first = sink.open(context(ORDERS, 0))) {
                first.write(orders(0, 5_000_000_000L, 0, 10));
            }
            try (SinkWriter second = sink.open(run("second", ORDERS))) {
                second.write(
                        Records.of(ORDERS, 0, 0).put(3L, "second run", null).batch());
            }
        }

        assertThat(target.rows(ORDERS))
                .contains(row(ORDERS, 3L, "second run", null))
                .hasSize(10);
    }

    @Test
    void shouldKeepAttributesThatOthersPutIntoADocument() throws ConnectorException {
        // given
        Map<String, Object> options = newTarget().keyedOptions();
        String collection = options.get("collection").toString();
        try (Sink sink = sink(options);
                SinkWriter writer = sink.open(context(ORDERS, 0))) {
            writer.write(orders(0, 0, 7, 1));
            try (ArangoServer.Client client = server().client()) {
                client.arango()
                        .db(ArangoServer.DATABASE)
                        .collection(collection)
                        .updateDocument("7", Map.of("note", "by hand"));
            }

            // when
            writer.write(Records.of(ORDERS, 0, 1).put(7L, "changed", null).batch());
        }

        // then
        JsonNode document = server().documents(collection).get(0);
        assertThat(document.path("note").asString()).isEqualTo("by hand");
        assertThat(document.path("customer").asString()).isEqualTo("changed");
    }

    @Test
    void shouldInsertRowsWithoutAKeyOnceHoweverOftenTheyAreWritten() throws ConnectorException {
        Target target = newTarget();
        SinkBatch batch =
                Records.of(KEYLESS, 0, 40).put("same").put("same").put("other").batch();
        try (Sink sink = sink(target.options())) {
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThat(writeAll(sink, KEYLESS, batch).rejected()).isEmpty();
            }
        }

        assertThat(target.rows(KEYLESS))
                .extracting(row -> row.get("text"))
                .containsExactlyInAnyOrder("same", "same", "other");
    }

    @Test
    void shouldRejectAnInsertWhoseKeyIsTakenButNotItsOwnSecondTry() throws ConnectorException {
        // given
        Target target = newTarget();
        SinkBatch batch = Records.of(ORDERS, 0, 0)
                .put(1L, "first", null)
                .put(2L, "only", null)
                .put(1L, "second", null)
                .batch();
        try (Sink sink = sink(target.options())) {
            // when
            for (int attempt = 0; attempt < 2; attempt++) {
                WriteResult result = writeAll(sink, ORDERS, batch);

                // then
                assertThat(result.rejected()).singleElement().satisfies(rejection -> {
                    assertThat(rejection.row()).isEqualTo(2);
                    assertThat(rejection.code()).isEqualTo("ARANGODB-UNIQUE-CONSTRAINT");
                });
            }
        }
        assertThat(target.rows(ORDERS))
                .containsExactlyInAnyOrder(row(ORDERS, 1L, "first", null), row(ORDERS, 2L, "only", null));
    }

    @Test
    void shouldUpdateOnlyDocumentsThatAreThere() throws ConnectorException {
        // given
        Target target = newTarget();
        try (Sink sink = sink(target.options())) {
            writeAll(sink, ORDERS, orders(0, 0, 0, 2));
        }
        Map<String, Object> update = new HashMap<>(target.options());
        update.put("mode", "update");

        // when
        WriteResult result;
        try (Sink sink = sink(update)) {
            result = writeAll(
                    sink,
                    ORDERS,
                    Records.of(ORDERS, 0, 2)
                            .put(1L, "updated", null)
                            .put(9L, "missing", null)
                            .batch());
        }

        // then
        assertThat(result.rejected()).extracting(WriteResult.Rejection::row).containsExactly(1);
        assertThat(result.rejected()).extracting(WriteResult.Rejection::code).containsExactly("ARANGODB-NO-DOCUMENT");
        assertThat(target.rows(ORDERS))
                .containsExactlyInAnyOrder(row(ORDERS, order(0)), row(ORDERS, 1L, "updated", null));
    }

    @Test
    void shouldLeaveTheSameResultWhenAnAnswerIsLost() throws ConnectorException {
        // given
        Target target = newTarget();
        try (Sink sink = sink(target.options());
                SinkWriter writer = sink.open(context(ORDERS, 0))) {
            writer.write(orders(0, 0, 0, 10));
            stub.fail(new Fault.AnswerLost());
            SinkBatch batch = orders(0, 10, 10, 10);

            // when
            assertThatThrownBy(() -> writer.write(batch)).isInstanceOfSatisfying(ConnectorException.class, failure -> {
                assertThat(failure.error().code()).isEqualTo("ARANGODB-CONNECTION");
                assertThat(failure.error().category()).isEqualTo(Category.CONNECTION);
            });

            // then
            assertThat(writer.write(batch).rejected()).isEmpty();
        }
        assertThat(target.rows(ORDERS)).containsExactlyInAnyOrderElementsOf(expectedOrders(0, 20));
    }

    @Test
    void shouldSayThatAnOverloadedServerMayBeTriedAgain() throws ConnectorException {
        try (Sink sink = sink(newTarget().keyedOptions());
                SinkWriter writer = sink.open(context(ORDERS, 0))) {
            writer.write(orders(0, 0, 0, 1));
            for (int i = 0; i < 20; i++) {
                stub.fail(new Fault.Unavailable());
            }

            assertThatThrownBy(() -> writer.write(orders(0, 1, 1, 1)))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            failure -> assertThat(failure.error().category()).isEqualTo(Category.TRANSIENT));
        } finally {
            stub.recover();
        }
    }

    @Test
    void shouldSayThatTheCredentialsAreWrongWithoutShowingThem() throws ConnectorException {
        Map<String, Object> options = new HashMap<>(newTarget().options());
        options.put("password", "wrong-password");
        try (Sink sink = sink(options)) {
            assertThatThrownBy(() -> sink.check(ORDERS)).isInstanceOfSatisfying(ConnectorException.class, failure -> {
                assertThat(failure.error().code()).isEqualTo("ARANGODB-AUTHENTICATION");
                assertThat(failure.error().category()).isEqualTo(Category.FATAL);
                assertThat(failure.error().message()).doesNotContain("wrong-password");
            });
        }
    }

    @Test
    void shouldSayThatNobodyListens() throws ConnectorException {
        Map<String, Object> options = new HashMap<>(newTarget().options());
        options.put("url", "http://localhost:1");
        try (Sink sink = sink(options)) {
            assertThatThrownBy(() -> sink.check(ORDERS)).isInstanceOfSatisfying(ConnectorException.class, failure -> {
                assertThat(failure.error().code()).isEqualTo("ARANGODB-CONNECTION");
                assertThat(failure.error().category()).isEqualTo(Category.CONNECTION);
            });
        }
    }

    @Test
    void shouldReportEverythingThatKeepsRowsFromBeingWritten() throws ConnectorException {
        RowSchema odd = new RowSchema(
                "odd",
                List.of(Column.required("_id", DataType.INT64), Column.required("sf_version", DataType.INT64)),
                List.of());
        Map<String, Object> options = new HashMap<>(newTarget().keyedOptions());
        options.put("create_collection", false);
        options.put("key", List.of("nope"));
        try (Sink sink = sink(options)) {
            assertThat(sink.check(odd))
                    .extracting(Problem::path)
                    .contains("columns._id", "columns.sf_version", "key")
                    .hasSize(4);
        }
        try (Sink sink = sink(newTarget().keyedOptions())) {
            assertThat(sink.check(KEYLESS)).extracting(Problem::code).containsExactly("ARANGODB-NO-KEY");
            assertThatThrownBy(() -> sink.open(run("keyless", KEYLESS))).isInstanceOf(ConnectorException.class);
        }
    }

    private static SinkContext run(String name, RowSchema schema) {
        return new SinkContext("contract", "wf-" + name, "sink", "wf-" + name + "-data", List.of(0), schema);
    }
}
