package io.streamforge.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our bytes are Avro's bytes: proven against the Avro library on random schemas and values of every type. */
class RowCodecTest {

    private static final long SEED = Long.getLong("streamforge.test.seed", System.nanoTime());
    private static final int SCHEMAS = 300;
    private static final int ROWS = 10;

    static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>(List.of(1L, 2L, 3L));
        seeds.add(SEED);
        return seeds;
    }

    @ParameterizedTest(name = "streamforge.test.seed={0}")
    @MethodSource("seeds")
    void shouldWriteTheBytesThatAvroWrites(long seed) {
        forRandomRows(seed, (schema, avro, row) -> {
            byte[] ours = RowWriter.encode(schema, row);
            assertThat(ours).as("%s %s", schema, row).isEqualTo(avro.write(row));
            assertSame(avro.read(ours), row);
        });
    }

    @ParameterizedTest(name = "streamforge.test.seed={0}")
    @MethodSource("seeds")
    void shouldReadTheBytesThatAvroWrites(long seed) {
        forRandomRows(seed, (schema, avro, row) -> {
            assertSame(values(schema, avro.write(row)), row);
            assertSame(values(schema, avro.writeInBlocks(row)), row);
        });
    }

    @ParameterizedTest(name = "streamforge.test.seed={0}")
    @MethodSource("seeds")
    void shouldFindTheFirstColumnsAlone(long seed) {
        forRandomRows(seed, (schema, avro, row) -> {
            RowBuffer rows = new RowBuffer();
            byte[] bytes = RowWriter.encode(schema, row);
            rows.append(bytes, 0, bytes.length, Op.UPSERT, Long.MIN_VALUE);
            RowCursor all = new RowCursor(schema).wrap(rows, 0);
            int columns = schema.size() / 2;

            RowCursor first = new RowCursor(schema).wrapFirst(rows, 0, columns);

            for (int i = 0; i < columns; i++) {
                assertThat(first.start(i)).isEqualTo(all.start(i));
                assertThat(first.end(i)).isEqualTo(all.end(i));
            }
        });
    }

    @ParameterizedTest(name = "streamforge.test.seed={0}")
    @MethodSource("seeds")
    void shouldRefuseRowsThatAreCutOrTooLong(long seed) {
        forRandomRows(seed, (schema, avro, row) -> {
            byte[] bytes = RowWriter.encode(schema, row);
            RowCursor cursor = new RowCursor(schema);
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 7);
            int cut = (int) (seed & Integer.MAX_VALUE) % bytes.length;
            assertThatIllegalArgumentException().isThrownBy(() -> cursor.wrap(bytes, 0, cut));
            assertThatIllegalArgumentException().isThrownBy(() -> cursor.wrap(Arrays.copyOf(bytes, cut), 0, cut));
            assertThatIllegalArgumentException().isThrownBy(() -> cursor.wrap(longer, 0, longer.length));
        });
    }

    @ParameterizedTest(name = "streamforge.test.seed={0}")
    @MethodSource("seeds")
    void shouldEitherReadOrRefuseDamagedRows(long seed) {
        Random random = new Random(seed);
        forRandomRows(seed, (schema, avro, row) -> {
            byte[] bytes = RowWriter.encode(schema, row);
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            RowCursor cursor = new RowCursor(schema);
            try {
                cursor.wrap(bytes, 0, bytes.length);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("rows");
            }
        });
    }

    @ParameterizedTest(name = "streamforge.test.seed={0}")
    @MethodSource("seeds")
    void shouldCopyColumnsAsTheyAre(long seed) {
        forRandomRows(seed, (schema, avro, row) -> {
            byte[] bytes = RowWriter.encode(schema, row);
            RowCursor cursor = new RowCursor(schema).wrap(bytes, 0, bytes.length);
            RowWriter copy = new RowWriter(schema);
            for (int i = 0; i < schema.size(); i++) {
                copy.copy(bytes, cursor.start(i), cursor.end(i));
            }
            copy.endRow();
            assertThat(Arrays.copyOf(copy.buffer().array(), copy.buffer().byteSize()))
                    .isEqualTo(bytes);
        });
    }

    @Test
    void shouldGoFromSchemaToAvroAndBack() {
        for (int seed = 0; seed < SCHEMAS; seed++) {
            RowSchema schema = new RandomRows(seed).schema();
            RowSchema keyed = schema.withKey(List.of(schema.column(0).name()));

            assertThat(AvroSchemas.fromJson(AvroSchemas.toJson(schema))).isEqualTo(schema);
            assertThat(AvroSchemas.fromJson(AvroSchemas.toJson(keyed))).isEqualTo(keyed);
        }
    }

    @Test
    void shouldKeepColumnNamesThatAvroDoesNotAllow() {
        RowSchema schema = new RowSchema(
                "orders 2024",
                List.of(
                        Column.required("unit price", DataType.INT32),
                        Column.required("unit-price", DataType.INT32),
                        Column.required("1st", DataType.INT32),
                        Column.required("価格", DataType.INT32)),
                List.of());

        assertThat(new AvroLibrary(schema).read(RowWriter.encode(schema, List.of(1, 2, 3, 4))))
                .containsExactly(1, 2, 3, 4);
        assertThat(AvroSchemas.fromJson(AvroSchemas.toJson(schema))).isEqualTo(schema);
    }

    @Test
    void shouldAbandonARowWithoutHarmToItsNeighbours() {
        RowSchema schema = new RowSchema(
                "rows",
                List.of(Column.required("a", DataType.INT32), Column.required("b", DataType.STRING)),
                List.of());
        RowWriter writer = new RowWriter(schema);

        writer.writeInt(1);
        writer.writeString("one");
        writer.endRow();
        writer.writeInt(2);
        writer.abandonRow();
        writer.writeInt(3);
        writer.writeString("three");
        writer.endRow(Op.CREATE, 17);

        RowBuffer rows = writer.buffer();
        RowCursor cursor = new RowCursor(schema);
        assertThat(rows.rows()).isEqualTo(2);
        assertThat(cursor.wrap(rows, 0).toMap()).isEqualTo(Map.of("a", 1, "b", "one"));
        assertThat(cursor.wrap(rows, 1).toMap()).isEqualTo(Map.of("a", 3, "b", "three"));
        assertThat(List.of(rows.op(0), rows.op(1))).containsExactly(Op.UPSERT, Op.CREATE);
        assertThat(List.of(rows.timestampMicros(0), rows.timestampMicros(1))).containsExactly(Long.MIN_VALUE, 17L);
    }

    private interface Check {
        void row(RowSchema schema, AvroLibrary avro, List<@Nullable Object> row);
    }

    private static void forRandomRows(long seed, Check check) {
        RandomRows random = new RandomRows(seed);
        for (int i = 0; i < SCHEMAS; i++) {
            RowSchema schema = random.schema();
            AvroLibrary avro = new AvroLibrary(schema);
            for (int j = 0; j < ROWS; j++) {
                check.row(schema, avro, random.row(schema));
            }
        }
    }

    private static List<@Nullable Object> values(RowSchema schema, byte[] bytes) {
        RowCursor cursor = new RowCursor(schema).wrap(bytes, 0, bytes.length);
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            values.add(cursor.value(i));
        }
        return values;
    }

    private static void assertSame(List<@Nullable Object> actual, List<@Nullable Object> expected) {
        assertThat(comparable(actual)).isEqualTo(comparable(expected));
    }

    /** Arrays have no equality of their own. */
    private static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RowCodecTest::comparable).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(key, comparable(item)));
            return copy;
        }
        return value;
    }
}
