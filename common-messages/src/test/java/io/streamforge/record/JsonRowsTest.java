package io.streamforge.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.messages.Json;
import io.streamforge.record.DataType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

class JsonRowsTest {

    @Test
    void shouldWriteEachTypeAsTheContractSays() {
        RowSchema schema = columns(
                "BOOLEAN",
                "INT32",
                "INT64",
                "UINT64",
                "FLOAT64",
                "FLOAT32",
                "DECIMAL(12,2)",
                "STRING",
                "BYTES",
                "UUID",
                "DATE",
                "TIME(6)",
                "TIMESTAMP(9)",
                "TIMESTAMP_TZ(3)",
                "INTERVAL",
                "JSON",
                "ARRAY(INT32)",
                "MAP(BOOLEAN)");
        List<Object> values = List.of(
                true,
                -7,
                Long.MAX_VALUE,
                new BigInteger("18446744073709551615"),
                Double.NaN,
                0.1f,
                new BigDecimal("12.30"),
                "a\n\"b\"",
                new byte[] {1, 2, -1},
                UUID.fromString("3f2b8a4e-0000-4000-8000-00000000000a"),
                LocalDate.of(2024, 8, 1),
                LocalTime.of(10, 0),
                LocalDateTime.of(2024, 8, 1, 0, 0, 0, 1),
                Instant.parse("2024-08-01T00:00:00Z"),
                "P1DT2H",
                "{\"a\":1.50,\n \"b\":[]}",
                List.of(1, 2),
                Map.of("x", true));

        String json = json(schema, values);

        assertThat(json)
                .isEqualTo(
                        "{\"c0\":true,\"c1\":-7,\"c2\":9223372036854775807,\"c3\":\"18446744073709551615\",\"c4\":\"NaN\","
                                + "\"c5\":0.1,\"c6\":\"12.30\",\"c7\":\"a\\n\\\"b\\\"\",\"c8\":\"AQL/\","
                                + "\"c9\":\"3f2b8a4e-0000-4000-8000-00000000000a\",\"c10\":\"2024-08-01\",\"c11\":\"10:00:00\","
                                + "\"c12\":\"2024-08-01T00:00:00.000000001\",\"c13\":\"2024-08-01T00:00:00Z\",\"c14\":\"P1DT2H\","
                                + "\"c15\":{\"a\":1.50,  \"b\":[]},\"c16\":[1,2],\"c17\":{\"x\":true}}");
    }

    @Test
    void shouldReadBackEveryRandomRowExactly() {
        for (long seed = 0; seed < 300; seed++) {
            RandomRows random = new RandomRows(seed);
            RowSchema schema = random.schema();
            byte[] row = RowWriter.encode(schema, valid(schema, random.row(schema)));
            byte[] json = new JsonRows(schema).toBytes(new RowCursor(schema).wrap(row, 0, row.length));

            byte[] back = read(schema, new String(json, UTF_8));

            assertThat(back).as("seed %d: %s", seed, schema).isEqualTo(row);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INT64|\"42\"|42",
                "INT64|1e3|1000",
                "UINT64|18446744073709551615|18446744073709551615",
                "DECIMAL(20,3)|12345678901234567.891|12345678901234567.891",
                "DECIMAL(5,2)|\"1.5\"|1.50",
                "FLOAT32|0.1|0.1",
                "FLOAT64|\"-Infinity\"|-Infinity",
                "FLOAT64|-0|-0.0",
                "TIMESTAMP_TZ(3)|\"2024-08-01T02:00:00.5+02:00\"|2024-08-01T00:00:00.500Z",
                "TIMESTAMP_TZ(3)|\"2024-08-01T02:00:00+0200\"|2024-08-01T00:00:00Z",
                "JSON|{\"n\" : 1.10e2, \"s\":\"é\"}|{\"n\":1.10e2,\"s\":\"é\"}",
                "JSON|\"text\"|\"text\"",
                "INTERVAL|\"P1Y2M3DT4H5M6.7S\"|P1Y2M3DT4H5M6.7S",
                "ARRAY(DECIMAL(3,1))|[1,null,\"2.5\"]|[1.0, null, 2.5]"
            })
    void shouldNormaliseOnlyAsDocumented(String type, String value, String expected) {
        RowSchema schema = columns(type);

        byte[] row = read(schema, "{\"c0\":" + value + "}");

        assertThat(String.valueOf(new RowCursor(schema).wrap(row, 0, row.length).value(0)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BOOLEAN|1",
                "BOOLEAN|\"true\"",
                "INT32|2147483648",
                "INT64|1.5",
                "INT64|\"0x10\"",
                "INT64|{\"a\":[1]}",
                "INT64|1e1000000000",
                "UINT64|-1",
                "DECIMAL(4,2)|1.234",
                "DECIMAL(4,2)|1e1000000000",
                "DECIMAL(4,2)|1e-1000000000",
                "FLOAT32|1e39",
                "FLOAT64|\"1f\"",
                "FLOAT64|9007199254740993",
                "STRING|12",
                "BYTES|\"***\"",
                "UUID|\"1-1-1-1-1\"",
                "DATE|\"2024-02-30\"",
                "TIME(0)|\"10:00:00.5\"",
                "TIMESTAMP(3)|\"2024-08-01T00:00:00Z\"",
                "TIMESTAMP_TZ(3)|\"2024-08-01T00:00:00\"",
                "TIMESTAMP_TZ(3)|1722470400000",
                "INTERVAL|\"P\"",
                "INTERVAL|\"PT\"",
                "ARRAY(INT32)|[1,\"x\",3]",
                "MAP(INT32)|[1]"
            })
    void shouldRefuseWhatAColumnCannotHold(String type, String value) {
        assertThatThrownBy(() -> read(columns(type), "{\"c0\":" + value + "}"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("column 'c0'");
    }

    @Test
    void shouldGoOnAfterARowThatDoesNotFit() {
        RowSchema schema = columns("INT64", "ARRAY(INT64)");
        String json = "[{\"c0\":1,\"c1\":[1]},{\"c1\":[1,{\"x\":[2]},3],\"c0\":\"x\"},{\"c0\":3,\"c1\":[3]}]";
        JsonRows rows = new JsonRows(schema);
        RowWriter writer = new RowWriter(schema);
        List<String> rejected = new ArrayList<>();

        try (JsonParser parser = Json.MAPPER.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                try {
                    rows.read(parser, writer);
                    writer.endRow();
                } catch (InvalidValueException e) {
                    rejected.add(e.column());
                }
            }
            assertThat(parser.currentToken()).isEqualTo(JsonToken.END_ARRAY);
        }

        assertThat(rejected).containsExactly("c1");
        assertThat(writer.buffer().rows()).isEqualTo(2);
        assertThat(new RowCursor(schema).wrap(writer.buffer(), 1).getLong(0)).isEqualTo(3);
    }

    @Test
    void shouldTakeMembersInAnyOrderSkipOthersAndTreatAbsentAsNull() {
        RowSchema schema = new RowSchema(
                "t", List.of(Column.required("a", DataType.INT32), Column.nullable("b", DataType.STRING)), List.of());

        byte[] row = read(schema, "{\"other\":{\"a\":[9]},\"a\":5}");

        assertThat(new RowCursor(schema).wrap(row, 0, row.length).toMap())
                .containsEntry("a", 5)
                .containsEntry("b", null);
        assertThatThrownBy(() -> read(schema, "{\"b\":\"x\"}"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("does not allow null");
    }

    @Test
    void shouldKeepTheNullOfJsonWhereTheColumnHasNoneOfItsOwn() {
        RowSchema schema = new RowSchema("t", List.of(Column.required("a", DataType.JSON)), List.of());

        byte[] row = read(schema, "{\"a\":null}");

        assertThat(new RowCursor(schema).wrap(row, 0, row.length).value(0)).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "{\"c0\":1", "{\"c0\":1} {}", "{\"c0\":NaN}"})
    void shouldRefuseTextThatIsNotOneObject(String text) {
        assertThatThrownBy(() -> read(columns("INT64"), text)).isInstanceOf(JacksonException.class);
    }

    private static RowSchema columns(String... types) {
        List<Column> columns = new ArrayList<>();
        for (String type : types) {
            columns.add(Column.nullable("c" + columns.size(), DataType.parse(type)));
        }
        return new RowSchema("rows", columns, List.of());
    }

    private static String json(RowSchema schema, List<?> values) {
        byte[] row = RowWriter.encode(schema, values);
        return new String(new JsonRows(schema).toBytes(new RowCursor(schema).wrap(row, 0, row.length)), UTF_8);
    }

    private static byte[] read(RowSchema schema, String json) {
        RowWriter writer = new RowWriter(schema);
        byte[] bytes = json.getBytes(UTF_8);
        new JsonRows(schema).read(bytes, 0, bytes.length, writer);
        writer.endRow();
        return java.util.Arrays.copyOf(writer.buffer().array(), writer.buffer().byteSize());
    }

    /** Random text is no JSON and no interval. */
    private static List<@Nullable Object> valid(RowSchema schema, List<@Nullable Object> values) {
        List<@Nullable Object> valid = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            valid.add(valid(schema.column(i).type(), values.get(i)));
        }
        return valid;
    }

    private static @Nullable Object valid(DataType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (type.kind() == Kind.JSON) {
            return "{\"text\":" + Json.MAPPER.writeValueAsString(value) + ",\"n\":[1.10,-0,1e5]}";
        }
        if (type.kind() == Kind.INTERVAL) {
            return "P" + ((String) value).length() + "DT0.5S";
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(valid(Objects.requireNonNull(type.element()), item)));
            return items;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            map.forEach(
                    (name, item) -> entries.put(name.toString(), valid(Objects.requireNonNull(type.element()), item)));
            return entries;
        }
        return value;
    }
}
