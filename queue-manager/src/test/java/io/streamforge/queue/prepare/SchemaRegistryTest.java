package io.streamforge.queue.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.messages.SchemaChange;
import io.streamforge.messages.Task;
import io.streamforge.queue.store.RegisteredSchema;
import io.streamforge.queue.testing.FakeBroker;
import io.streamforge.queue.testing.MemoryStore;
import io.streamforge.record.AvroSchemas;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Schemas that sources wait for. */
class SchemaRegistryTest {

    private static final RowSchema ORDERS = schema("shop.orders");
    private static final RowSchema NOTES = schema("shop.notes");

    private final MemoryStore store = new MemoryStore();
    private final FakeBroker broker = new FakeBroker();
    private final SchemaRegistry registry = new SchemaRegistry(store, broker);

    @Test
    void shouldRegisterATableThatJoinsBesideTheOthersOfItsTopicAndTellWorkersLater() {
        // given
        int orders = registry.id("shop-copy-source-shop.orders-value", ORDERS);
        SchemaChange change =
                new SchemaChange(orders, AvroSchemas.toAvro(NOTES), AvroSchemas.toAvro(NOTES.keySchema()));

        // when
        Task.Table joining = registry.joining(change).orElseThrow();

        // then
        assertThat(joining.name()).isEqualTo("shop.notes");
        assertThat(store.schemas())
                .extracting(RegisteredSchema::subject)
                .contains("shop-copy-source-shop.notes-key", "shop-copy-source-shop.notes-value");
        assertThat(broker.schemas()).hasSize(1);

        // when
        registry.register(change);

        // then
        assertThat(broker.schemas())
                .extracting(RegisteredSchema::id)
                .contains(
                        joining.value().id(),
                        joining.key() == null ? -1 : joining.key().id());
        assertThat(registry.joining(change)).contains(joining);
    }

    @Test
    void shouldRegisterRowsThatBecomeOthersUnderTheSubjectOfThoseBefore() {
        // given
        int orders = registry.id("copy-source-value", ORDERS);
        RowSchema wider = new RowSchema(
                ORDERS.name(), List.of(ORDERS.column(0), Column.nullable("city", DataType.STRING)), ORDERS.key());
        SchemaChange change = new SchemaChange(orders, AvroSchemas.toAvro(wider));

        // when
        registry.register(change);

        // then
        assertThat(registry.joining(change)).isEmpty();
        assertThat(store.schemas())
                .filteredOn(schema -> schema.version() == 2)
                .extracting(RegisteredSchema::subject)
                .containsExactly("copy-source-value");
    }

    @Test
    void shouldLeaveAloneWhatIsNoSchemaOrReplacesNothing() {
        SchemaChange none = new SchemaChange(7, JsonNodeFactory.instance.objectNode(), null);
        SchemaChange nobodys = new SchemaChange(7, AvroSchemas.toAvro(ORDERS), AvroSchemas.toAvro(ORDERS));

        registry.register(none);
        registry.register(nobodys);

        assertThat(registry.joining(nobodys)).isEmpty();
        assertThat(store.schemas()).isEmpty();
    }

    private static RowSchema schema(String name) {
        return new RowSchema(name, List.of(Column.required("id", DataType.INT64)), List.of("id"));
    }
}
