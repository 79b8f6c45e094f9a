package io.streamforge.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.messages.SchemaChange;
import io.streamforge.messages.Task;
import io.streamforge.record.AvroSchemas;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.Op;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows of several tables on their way through a topic they share. */
class SeveralTablesTest {

    private static final RowSchema ORDERS = new RowSchema(
            "shop.orders",
            List.of(Column.required("id", DataType.INT64), Column.nullable("note", DataType.STRING)),
            List.of("id"));
    private static final RowSchema ITEMS = new RowSchema(
            "shop.items",
            List.of(Column.required("sku", DataType.STRING), Column.required("id", DataType.INT64)),
            List.of("sku"));
    private static final List<Task.Table> TABLES = List.of(table(ORDERS, 10), table(ITEMS, 20));

    private final TableForms forms = new TableForms(output(false), ORDERS, (change, schema) -> {
        throw new AssertionError("rows keep their schemas");
    });
    private final RecordReader reader = new RecordReader(input(false));

    @Test
    void shouldComeToTheTableTheyWereReadFrom() throws Exception {
        byte[] row = RowWriter.encode(ITEMS, List.of("a-1", 7L));

        ConsumerRecord<ByteBuffer, ByteBuffer> record = pass(ITEMS, row, Op.UPDATE);

        assertThat(reader.table(record).index()).isEqualTo(1);
        assertThat(RecordReader.op(record)).isEqualTo(Op.UPDATE);
        assertThat(RecordReader.bytes(reader.table(record).value(record))).endsWith(row);
        assertThat(RecordReader.bytes(reader.table(record).key(record)))
                .endsWith(RowWriter.encode(ITEMS.keySchema(), List.of("a-1")));
    }

    @Test
    void shouldTellADeleteAndATruncateApart() throws Exception {
        byte[] key = RowWriter.encode(ORDERS.keySchema(), List.of(7L));

        ConsumerRecord<ByteBuffer, ByteBuffer> delete = pass(ORDERS, key, Op.DELETE);
        ConsumerRecord<ByteBuffer, ByteBuffer> truncate = pass(ITEMS, new byte[0], Op.TRUNCATE);

        assertThat(RecordReader.op(delete)).isEqualTo(Op.DELETE);
        assertThat(reader.table(delete).value(delete)).isNull();
        assertThat(RecordReader.bytes(reader.table(delete).key(delete))).endsWith(key);
        assertThat(RecordReader.op(truncate)).isEqualTo(Op.TRUNCATE);
        assertThat(reader.table(truncate).index()).isEqualTo(1);
        assertThat(RecordForm.withoutRow(truncate.headers())).isFalse();
    }

    @Test
    void shouldRefuseARowOfAnUnknownTableAndOneOfOtherColumns() {
        RowSchema changed = new RowSchema(ORDERS.name(), ORDERS.columns().subList(0, 1), ORDERS.key());

        assertThatThrownBy(() -> forms.of(batch(ORDERS.withName("shop.other"), new byte[0], Op.TRUNCATE)))
                .hasMessageContaining("shop.other");
        assertThatThrownBy(() -> forms.change(batch(changed, new byte[0], Op.TRUNCATE)))
                .hasMessageContaining("the topic's schema is");
    }

    @Test
    void shouldTellReadersOfATableThatJoinsByItsKeysAndItsRows() {
        // given
        RowSchema joining = ITEMS.withName("shop.other");
        List<SchemaChange> registered = new ArrayList<>();
        TableForms open = new TableForms(output(true), ORDERS, (change, schema) -> {
            registered.add(change);
            return new Task.SchemaRef(schema.name().endsWith("_key") ? 30 : 31, AvroSchemas.toAvro(schema));
        });
        RecordBatch batch = batch(joining, RowWriter.encode(ITEMS, List.of("a-1", 7L)), Op.UPSERT);

        // when
        assertThat(open.joins(batch)).isTrue();
        TableForm form = open.join(batch);
        RecordReader knowing = new RecordReader(input(true));
        ConsumerRecord<ByteBuffer, ByteBuffer> marker =
                consumed(RecordForm.schemaChange("topic", 0, form.valueId(), form.table(), form.keyFraming()));

        // then
        assertThat(open.joins(batch)).isFalse();
        assertThat(registered).allSatisfy(change -> {
            assertThat(change.replaces()).isEqualTo(11);
            assertThat(AvroSchemas.fromAvro(change.avro())).isEqualTo(joining);
            assertThat(change.joins()).isEqualTo(AvroSchemas.toAvro(joining.keySchema()));
        });
        assertThatThrownBy(() -> knowing.notice(marker))
                .isInstanceOfSatisfying(RecordReader.NewTableException.class, found -> {
                    assertThat(found.table()).isEqualTo("shop.other");
                    assertThat(found.keyId()).isEqualTo(30);
                    assertThat(found.valueId()).isEqualTo(31);
                });
        assertThatThrownBy(() -> knowing.table(pass(form, batch, Op.DELETE)))
                .isInstanceOfSatisfying(RecordReader.NewTableException.class, found -> assertThat(found.valueId())
                        .isNull());
        assertThat(forms.joins(batch)).isFalse();
    }

    private ConsumerRecord<ByteBuffer, ByteBuffer> pass(RowSchema schema, byte[] row, Op op) {
        RecordBatch batch = batch(schema, row, op);
        return pass(forms.of(batch), batch, op);
    }

    private static ConsumerRecord<ByteBuffer, ByteBuffer> pass(TableForm form, RecordBatch batch, Op op) {
        byte[] value = op == Op.DELETE ? null : form.value(batch.rows(), 0);
        return consumed(
                RecordForm.record("topic", 0, Long.MIN_VALUE, form.key(batch.rows(), 0), value, op, form.table()));
    }

    private static ConsumerRecord<ByteBuffer, ByteBuffer> consumed(ProducerRecord<byte[], byte[]> sent) {
        Headers headers = sent.headers();
        return new ConsumerRecord<>(
                "topic",
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                buffer(sent.key()),
                buffer(sent.value()),
                headers,
                Optional.empty());
    }

    private static Task.Output output(boolean joining) {
        return new Task.Output(
                "topic",
                1,
                TABLES.get(0).key(),
                TABLES.get(0).value(),
                Task.Format.AVRO,
                List.of(),
                new Task.MaxLag(1, 1),
                TABLES,
                false,
                joining);
    }

    private static Task.Input input(boolean joining) {
        return new Task.Input(
                "topic",
                List.of(0),
                1,
                TABLES.get(0).key(),
                TABLES.get(0).value(),
                Task.Format.AVRO,
                "group",
                TABLES,
                false,
                false,
                joining);
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static RecordBatch batch(RowSchema schema, byte[] row, Op op) {
        RowBuffer rows = new RowBuffer();
        rows.append(row, 0, row.length, op, Long.MIN_VALUE);
        return new RecordBatch(schema, rows, new Position(Map.of()));
    }

    private static Task.Table table(RowSchema schema, int id) {
        return new Task.Table(
                schema.name(),
                new Task.SchemaRef(id, AvroSchemas.toAvro(schema.keySchema())),
                new Task.SchemaRef(id + 1, AvroSchemas.toAvro(Objects.requireNonNull(schema))));
    }
}
