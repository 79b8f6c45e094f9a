package io.streamforge.queue.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.messages.DeadLetter;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Task;
import io.streamforge.messages.Topics;
import io.streamforge.queue.kafka.DataRecord;
import io.streamforge.queue.run.Cleanup;
import io.streamforge.queue.run.Edge;
import io.streamforge.queue.run.Origin;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.Runs;
import io.streamforge.queue.run.Vertex;
import io.streamforge.queue.store.RegisteredSchema;
import io.streamforge.queue.store.Write;
import io.streamforge.queue.testing.FakeBroker;
import io.streamforge.queue.testing.ManualClock;
import io.streamforge.queue.testing.MemoryStore;
import io.streamforge.record.AvroSchemas;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.Framing;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rejected rows of several tables that have got other columns while the run went on. */
class ReplayPreparerTest {

    private static final RowSchema ORDERS = schema("shop.orders");
    private static final RowSchema ITEMS = schema("shop.items");

    private final MemoryStore store = new MemoryStore();
    private final FakeBroker broker = new FakeBroker();

    @Test
    void shouldFindTheTableOfRowsOfEachFormThatTheyHaveHad() throws Exception {
        // given
        RowSchema wider = new RowSchema(
                ITEMS.name(), List.of(ITEMS.column(0), Column.nullable("city", DataType.STRING)), ITEMS.key());
        Task.Table orders = table(ORDERS, 1);
        Task.Table items = table(ITEMS, 3);
        store.write(List.of(
                registered(2, "copy-source-shop.orders-value", 1, ORDERS),
                registered(4, "copy-source-shop.items-value", 1, ITEMS),
                registered(5, "copy-source-shop.items-value", 2, wider)));
        Run rejecting = rejecting(List.of(orders, items));
        store.write(List.of(new Write.PutRun(rejecting)));
        broker.add(letter(0, key(3), value(4)));
        broker.add(letter(1, key(3), value(5)));
        broker.add(letter(2, key(3), null));
        broker.add(letter(3, key(1), value(2)));

        // when
        new ReplayPreparer(
                        run -> {
                            throw new AssertionError("a replay reads no source");
                        },
                        broker,
                        store,
                        new ManualClock(Runs.NOW))
                .prepare(Run.pending("wf-orders-20260301-b1b2c3", replay(rejecting)));

        // then
        assertThat(broker.filled().values()).singleElement().satisfies(records -> assertThat(records)
                .extracting(DataRecord::table)
                .containsExactly("shop.items", "shop.items", "shop.items", "shop.orders"));
    }

    private static Run rejecting(List<Task.Table> tables) {
        Task sink = Runs.prepared(Runs.QUEUE_ID).vertices().get(1).task();
        Task several = new Task(
                sink.workflow(),
                sink.role(),
                sink.connector(),
                sink.options(),
                null,
                List.of(),
                List.of(),
                null,
                new Task.Input(
                        Topics.data(Runs.QUEUE_ID),
                        List.of(0),
                        1,
                        tables.get(0).key(),
                        tables.get(0).value(),
                        Task.Format.AVRO,
                        "group",
                        tables),
                sink.positionsTopic(),
                sink.deadTopic(),
                sink.from(),
                sink.errors(),
                null);
        Run run = Runs.pending();
        return new Run(
                run.queueId(),
                1,
                run.origin(),
                run.desired(),
                run.state(),
                List.of(
                        Runs.prepared(Runs.QUEUE_ID).vertices().get(0),
                        Vertex.waiting("sink", "sink-connector", several)),
                List.<Edge>of(),
                List.of(),
                Cleanup.NONE,
                null,
                0,
                null);
    }

    private static Origin replay(Run of) {
        Origin origin = of.origin();
        return new Origin(
                origin.workflow(),
                1,
                Map.of(),
                origin.subject(),
                origin.from(),
                0,
                origin.terms(),
                "admin",
                Runs.NOW,
                of.queueId(),
                null);
    }

    private static DeadLetter letter(int offset, byte[] key, byte @org.jspecify.annotations.Nullable [] value) {
        return new DeadLetter(
                Runs.QUEUE_ID,
                "sink",
                "topic/0/" + offset,
                "record",
                key,
                value,
                new ErrorInfo("JDBC-VALUE", Category.DATA, "refused", null, null),
                Runs.NOW);
    }

    private static byte[] key(int schemaId) {
        return Framing.frame(schemaId, new byte[] {2}, 0, 1);
    }

    private static byte[] value(int schemaId) {
        return Framing.frame(schemaId, new byte[] {2, 0}, 0, 2);
    }

    private static Write registered(int id, String subject, int version, RowSchema schema) {
        return new Write.AddSchema(new RegisteredSchema(id, subject, version, AvroSchemas.toJson(schema)));
    }

    private static Task.Table table(RowSchema schema, int id) {
        return new Task.Table(
                schema.name(),
                new Task.SchemaRef(id, AvroSchemas.toAvro(schema.keySchema())),
                new Task.SchemaRef(id + 1, AvroSchemas.toAvro(schema)));
    }

    private static RowSchema schema(String name) {
        return new RowSchema(name, List.of(Column.required("id", DataType.INT64)), List.of("id"));
    }
}
