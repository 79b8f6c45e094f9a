package io.streamforge.connector.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaChangesTest {

    private static final Column ID = Column.required("id", DataType.INT64);
    private static final Column NAME = Column.nullable("name", DataType.STRING);
    private static final Column CITY = Column.required("city", DataType.STRING);
    private static final RowSchema KNOWN = schema(ID, NAME);

    @ParameterizedTest
    @CsvSource({
        "EVOLVE, id name city?",
        "TRY_EVOLVE, id name city",
        "LENIENT, id name city?",
        "IGNORE, id name",
    })
    void shouldFollowANewColumnAsTheModeSays(SchemaChangeMode mode, String columns) {
        assertThat(written(mode, schema(ID, NAME, CITY))).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource({"TRY_EVOLVE, id", "LENIENT, id name", "IGNORE, id name"})
    void shouldFollowADroppedColumnAsTheModeSays(SchemaChangeMode mode, String columns) {
        assertThat(written(mode, schema(ID))).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource({"EXCEPTION, true", "LENIENT, true", "IGNORE, true", "EVOLVE, true", "TRY_EVOLVE, false"})
    void shouldHaltAtAColumnOfAnotherTypeUnlessItMayBeTried(SchemaChangeMode mode, boolean halts) {
        SchemaDecision decision = decide(mode, schema(ID, Column.nullable("name", DataType.INT32)));

        assertThat(decision instanceof SchemaDecision.Halt).isEqualTo(halts);
    }

    @ParameterizedTest
    @CsvSource({
        "INT32, INT64, true",
        "INT64, INT32, false",
        "FLOAT32, FLOAT64, true",
        "'DECIMAL(10,2)', 'DECIMAL(12,4)', true",
        "'DECIMAL(10,2)', 'DECIMAL(10,4)', false",
        "TIMESTAMP(0), TIMESTAMP(6), true",
        "TIMESTAMP(6), TIMESTAMP(9), false",
        "STRING, INT64, false",
    })
    void shouldFollowATypeThatHoldsWhatTheColumnHasHeld(String before, String now, boolean followed) {
        // given
        RowSchema known = schema(ID, Column.required("value", DataType.parse(before)));
        RowSchema found = schema(ID, Column.required("value", DataType.parse(now)));

        // when
        SchemaDecision decision = new SchemaChanges(SchemaChangeMode.EVOLVE, Map.of()).decide(known, found);

        // then
        assertThat(decision instanceof SchemaDecision.Write).isEqualTo(followed);
        if (decision instanceof SchemaDecision.Write write) {
            assertThat(write.schema()).isEqualTo(found);
        }
    }

    @Test
    void shouldNotTakeForGoneWhatATableDoesNotHaveYet() {
        // given
        SchemaChanges evolving = new SchemaChanges(SchemaChangeMode.EVOLVE, Map.of());

        // then
        assertThat(evolving.decide(KNOWN, schema(ID))).isInstanceOf(SchemaDecision.Halt.class);
        assertThat(evolving.behind().decide(KNOWN, schema(ID)))
                .isEqualTo(new SchemaDecision.Write(KNOWN, false, false));
    }

    @ParameterizedTest
    @EnumSource(SchemaChangeMode.class)
    void shouldHaltAtAnotherKeyInEveryMode(SchemaChangeMode mode) {
        RowSchema rekeyed = new RowSchema("t", List.of(ID, CITY), List.of("city"));

        assertThat(decide(mode, rekeyed)).isInstanceOf(SchemaDecision.Halt.class);
    }

    @Test
    void shouldLetTheModeOfAKindComeFirst() {
        SchemaChanges changes = new SchemaChanges(
                SchemaChangeMode.EXCEPTION, Map.of(SchemaChangeKind.ADD_COLUMN, SchemaChangeMode.IGNORE));

        assertThat(changes.decide(KNOWN, schema(ID, NAME, CITY)))
                .isEqualTo(new SchemaDecision.Write(KNOWN, false, false));
    }

    @Test
    void shouldNameWhatItCannotFollow() {
        SchemaDecision decision = decide(SchemaChangeMode.EXCEPTION, schema(ID, CITY));

        assertThat(decision)
                .extracting(halt -> ((SchemaDecision.Halt) halt).reason())
                .isEqualTo("table 't' has changed: column 'name' is gone; column 'city' is new");
    }

    @Test
    void shouldWriteRowsOfTheNewFormInTheKnownOne() {
        // given
        RowSchema found = schema(ID, CITY);
        RowBuffer rows = new RowBuffer();
        byte[] row = RowWriter.encode(found, Arrays.asList(7L, "Graz"));
        rows.append(row, 0, row.length, io.streamforge.record.Op.UPDATE, 5);
        RowSchema lenient = schema(ID, NAME, Column.nullable("city", DataType.STRING));

        // when
        RowBuffer projected = new RowProjection(found, lenient).apply(rows);

        // then
        RowCursor cursor = new RowCursor(lenient).wrap(projected, 0);
        assertThat(cursor.getLong(0)).isEqualTo(7);
        assertThat(cursor.isNull(1)).isTrue();
        assertThat(cursor.getString(2)).isEqualTo("Graz");
    }

    private static SchemaDecision decide(SchemaChangeMode mode, RowSchema found) {
        return new SchemaChanges(mode, Map.of()).decide(KNOWN, found);
    }

    private static String written(SchemaChangeMode mode, RowSchema found) {
        SchemaDecision.Write write = (SchemaDecision.Write) decide(mode, found);
        return String.join(
                " ",
                write.schema().columns().stream()
                        .map(column -> column.name() + (column.name().equals("city") && column.nullable() ? "?" : ""))
                        .toList());
    }

    private static RowSchema schema(Column... columns) {
        return new RowSchema("t", List.of(columns), List.of("id"));
    }
}
