package io.streamforge.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.Catalog;
import io.streamforge.connector.Operator;
import io.streamforge.connector.Problem;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.Op;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OperatorsTest {

    private static final RowSchema SCHEMA = new RowSchema(
            "people",
            List.of(
                    Column.required("id", DataType.INT64),
                    Column.required("region", DataType.STRING),
                    Column.nullable("age", DataType.INT32),
                    Column.nullable("name", DataType.STRING)),
            List.of("region", "id"));
    private static final Position POSITION = Position.of("offset", 17);
    private static final RejectedRow EARLIER = new RejectedRow("file:1", "CODE", "message", new byte[0]);

    @Test
    void shouldRegisterEveryOperatorByName() {
        assertThat(Catalog.load().operators()).containsOnlyKeys("cast", "drop", "filter", "map", "rename", "select");
        Catalog.load().operators().values().forEach(provider -> assertThat(provider.description())
                .contains(provider.name() + ":"));
    }

    @Test
    void shouldKeepRowsForWhichTheConditionIsTrue() {
        RecordBatch result = apply(
                "filter",
                "age > 18 AND name <> 'x'",
                row(1, "eu", 20, "a"),
                row(2, "eu", 18, "b"),
                row(3, "eu", null, "c"),
                row(4, "us", 40, "d"));

        assertThat(rows(result))
                .containsExactly("{id=1, region=eu, age=20, name=a}", "{id=4, region=us, age=40, name=d}");
        assertThat(result.position()).isEqualTo(POSITION);
        assertThat(result.rejected()).containsExactly(EARLIER);
        assertThat(result.schema()).isEqualTo(SCHEMA);
    }

    @Test
    void shouldHandOnABatchOfWhichNothingIsFiltered() {
        RecordBatch batch = batch(row(1, "eu", 20, "a"));

        assertThat(compile("filter", "age > 18").apply(batch)).isSameAs(batch);
    }

    @Test
    void shouldKeepOperationsAndTimes() {
        RowBuffer rows = new RowBuffer();
        RowWriter writer = new RowWriter(SCHEMA).to(rows);
        for (Op op : List.of(Op.SNAPSHOT, Op.CREATE, Op.UPDATE)) {
            row((long) op.ordinal(), "eu", op == Op.CREATE ? null : 30, "a").forEach(writer::writeValue);
            writer.endRow(op, 1000 + op.ordinal());
        }
        RecordBatch batch = new RecordBatch(SCHEMA, rows, POSITION);

        for (RecordBatch result : List.of(
                compile("filter", "age IS NOT NULL").apply(batch),
                compile("drop", List.of("name"))
                        .apply(compile("filter", "age > 1").apply(batch)))) {
            assertThat(List.of(result.rows().op(0), result.rows().op(1))).containsExactly(Op.SNAPSHOT, Op.UPDATE);
            assertThat(result.rows().timestampMicros(1)).isEqualTo(1000 + Op.UPDATE.ordinal());
        }
    }

    @Test
    void shouldRejectTheRowForWhichAnExpressionHasNoValue() {
        RecordBatch filtered = apply("filter", "100 / age > 1", row(1, "eu", 0, "a"), row(2, "eu", 2, "b"));
        RecordBatch mapped = apply(
                "map",
                Map.of("x", "CAST(name AS INT64)"),
                row(1, "eu", 0, "7"),
                row(2, "us", 2, "b"),
                row(3, "eu", 2, "9"));

        assertThat(rows(filtered)).containsExactly("{id=2, region=eu, age=2, name=b}");
        assertThat(filtered.rejected()).hasSize(2).contains(EARLIER);
        assertThat(filtered.rejected().get(1).code()).isEqualTo("EXPRESSION-DIVISION-BY-ZERO");
        assertThat(filtered.rejected().get(1).place()).isEqualTo("operator filter, region eu, id 1");
        assertThat(new String(filtered.rejected().get(1).raw(), StandardCharsets.UTF_8))
                .contains("\"age\":0");
        assertThat(rows(mapped)).containsExactly("{x=7}", "{x=9}");
        assertThat(mapped.rejected().get(1).place()).isEqualTo("operator map, region us, id 2");
        assertThat(mapped.rejected().get(1).message()).contains("'b' cannot be cast to INT64");
    }

    @Test
    void shouldRejectAValueThatItsNewTypeCannotHold() {
        RecordBatch result =
                apply("map", Map.of("at", "CAST('2500-01-01T00:00:00' AS TIMESTAMP(9))"), row(1, "eu", 0, "a"));

        assertThat(result.size()).isZero();
        assertThat(result.rejected().get(1).code()).isEqualTo("OPERATOR-VALUE");
    }

    @Test
    void shouldMapToExactlyTheColumnsNamed() {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("key", "id");
        columns.put("area", "region");
        columns.put("greeting", "CONCAT('Hi ', name)");
        columns.put("next", "age + 1");
        columns.put("version", 1);
        Operator map = compile("map", columns);

        RecordBatch result = map.apply(batch(row(1, "eu", 20, "Ann"), row(2, "us", null, null)));

        assertThat(rows(result))
                .containsExactly(
                        "{key=1, area=eu, greeting=Hi Ann, next=21, version=1}",
                        "{key=2, area=us, greeting=Hi , next=null, version=1}");
        assertThat(map.output().key()).containsExactly("area", "key");
        assertThat(map.output().column(0)).isEqualTo(Column.required("key", DataType.INT64));
        assertThat(map.output().column(3)).isEqualTo(Column.nullable("next", DataType.INT64));
        assertThat(map.output().column(4).nullable()).isFalse();
    }

    @Test
    void shouldSelectDropAndRename() {
        assertThat(rows(apply("select", List.of("name", "id"), row(1, "eu", 20, "a"))))
                .containsExactly("{name=a, id=1}");
        assertThat(rows(apply("drop", List.of("age", "region"), row(1, "eu", 20, "a"))))
                .containsExactly("{id=1, name=a}");
        assertThat(rows(apply("drop", "age", row(1, "eu", 20, "a")))).containsExactly("{id=1, region=eu, name=a}");
        assertThat(rows(apply("rename", Map.of("id", "nr", "name", "id"), row(1, "eu", 20, "a"))))
                .containsExactly("{nr=1, region=eu, age=20, id=a}");
        assertThat(compile("select", List.of("name", "id")).output().key()).isEmpty();
        assertThat(compile("drop", List.of("age")).output().key()).containsExactly("region", "id");
        assertThat(compile("rename", Map.of("id", "nr")).output().key()).containsExactly("region", "nr");
    }

    @Test
    void shouldCast() {
        Map<String, Object> types = new LinkedHashMap<>();
        types.put("id", "STRING");
        types.put("age", "DECIMAL(5,1)");
        Operator cast = compile("cast", types);

        assertThat(rows(cast.apply(batch(row(1, "eu", 20, "a")))))
                .containsExactly("{id=1, region=eu, age=20.0, name=a}");
        assertThat(cast.output().column(0)).isEqualTo(Column.required("id", DataType.STRING));
        assertThat(cast.output().key()).containsExactly("region", "id");
    }

    @Test
    void shouldPassDeletesWithTheKeyTheyWillBeKnownBy() {
        RecordBatch deletes = deletes("eu", 7L);

        RecordBatch filtered = compile("filter", "age > 18").apply(deletes);
        RecordBatch renamed = compile("rename", Map.of("id", "nr")).apply(deletes);
        RecordBatch cast = compile("cast", Map.of("id", "STRING")).apply(deletes);
        Map<String, Object> swapped = new LinkedHashMap<>();
        swapped.put("nr", "id");
        swapped.put("where", "region");
        RecordBatch mapped = compile("map", swapped).apply(deletes);

        assertThat(deleted(filtered)).isEqualTo("{region=eu, id=7}");
        assertThat(deleted(renamed)).isEqualTo("{region=eu, nr=7}");
        assertThat(deleted(cast)).isEqualTo("{region=eu, id=7}");
        assertThat(deleted(mapped)).isEqualTo("{where=eu, nr=7}");
    }

    @Test
    void shouldRejectADeleteWhoseKeyIsGone() {
        RecordBatch result = compile("drop", List.of("id")).apply(deletes("eu", 7L));

        assertThat(result.size()).isZero();
        assertThat(result.rejected()).singleElement().satisfies(row -> {
            assertThat(row.code()).isEqualTo("OPERATOR-KEY-LOST");
            assertThat(row.place()).isEqualTo("operator drop, region eu, id 7");
        });
    }

    @Test
    void shouldReportEveryMistake() {
        assertThat(problems("filter", "agee > 1")).containsExactly("EXPRESSION-COLUMN ");
        assertThat(problems("filter", "age + 1")).containsExactly("EXPRESSION-TYPE ");
        assertThat(problems("filter", List.of())).containsExactly("OPERATOR-CONFIGURATION ");
        Map<String, Object> wrong = new LinkedHashMap<>();
        wrong.put("a", "agee");
        wrong.put("b", "1 +");
        wrong.put("c", List.of());
        wrong.put("d", "age");
        assertThat(problems("map", wrong))
                .containsExactly("EXPRESSION-COLUMN a", "EXPRESSION-SYNTAX b", "OPERATOR-CONFIGURATION c");
        assertThat(problems("map", Map.of())).containsExactly("OPERATOR-CONFIGURATION ");
        assertThat(problems("select", List.of("nme", "age", "age")))
                .containsExactly("OPERATOR-COLUMN ", "OPERATOR-COLUMN ");
        assertThat(problems("drop", List.of("id", "region", "age", "name"))).containsExactly("OPERATOR-COLUMN ");
        assertThat(problems("rename", Map.of("nme", "x"))).containsExactly("OPERATOR-COLUMN nme");
        assertThat(problems("rename", Map.of("name", "id"))).containsExactly("OPERATOR-COLUMN name");
        assertThat(problems("cast", Map.of("age", "DATE"))).containsExactly("EXPRESSION-TYPE age");
        assertThat(problems("cast", Map.of("age", "INT65"))).containsExactly("EXPRESSION-TYPE age");
    }

    private static List<String> problems(String operator, Object configuration) {
        List<Problem> problems = new ArrayList<>();
        Optional<Operator> compiled = provider(operator).compile(configuration, SCHEMA, problems);
        assertThat(compiled).isEmpty();
        return problems.stream()
                .map(problem -> problem.code() + " " + problem.path())
                .toList();
    }

    @SafeVarargs
    private static RecordBatch apply(String operator, Object configuration, List<@Nullable Object>... rows) {
        return compile(operator, configuration).apply(batch(rows));
    }

    private static Operator compile(String operator, Object configuration) {
        List<Problem> problems = new ArrayList<>();
        Optional<Operator> compiled = provider(operator).compile(configuration, SCHEMA, problems);
        assertThat(problems).isEmpty();
        return compiled.orElseThrow();
    }

    private static io.streamforge.connector.OperatorProvider provider(String operator) {
        return Objects.requireNonNull(Catalog.load().operators().get(operator));
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        values[0] = ((Number) Objects.requireNonNull(values[0])).longValue();
        return Arrays.asList(values);
    }

    @SafeVarargs
    private static RecordBatch batch(List<@Nullable Object>... rows) {
        RowWriter writer = new RowWriter(SCHEMA);
        for (List<@Nullable Object> row : rows) {
            row.forEach(writer::writeValue);
            writer.endRow();
        }
        return new RecordBatch(SCHEMA, writer.buffer(), POSITION, List.of(EARLIER));
    }

    private static RecordBatch deletes(Object... key) {
        RowWriter writer = new RowWriter(SCHEMA.keySchema());
        for (Object part : key) {
            writer.writeValue(part);
        }
        writer.endRow(Op.DELETE, 5);
        return new RecordBatch(SCHEMA, writer.buffer(), POSITION);
    }

    private static String deleted(RecordBatch batch) {
        assertThat(batch.size()).isEqualTo(1);
        assertThat(batch.rows().op(0)).isEqualTo(Op.DELETE);
        assertThat(batch.rows().timestampMicros(0)).isEqualTo(5);
        return new RowCursor(batch.schema().keySchema())
                .wrap(batch.rows(), 0)
                .toMap()
                .toString();
    }

    private static List<String> rows(RecordBatch batch) {
        List<String> rows = new ArrayList<>();
        RowCursor cursor = new RowCursor(batch.schema());
        for (int i = 0; i < batch.size(); i++) {
            rows.add(cursor.wrap(batch.rows(), i).toMap().toString());
        }
        return rows;
    }
}
