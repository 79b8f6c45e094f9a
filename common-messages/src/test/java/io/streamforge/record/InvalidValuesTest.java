package io.streamforge.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InvalidValuesTest {

    static Stream<Arguments> unfit() {
        return Stream.of(
                arguments("INT32", 1L << 31),
                arguments("INT32", 1.0),
                arguments("INT64", BigInteger.ONE.shiftLeft(63)),
                arguments("INT64", new BigDecimal("0.5")),
                arguments("INT64", new BigDecimal("1e1000000000")),
                arguments("INT64", new BigDecimal("1e-1000000000")),
                arguments("INT64", "1"),
                arguments("UINT64", -1),
                arguments("UINT64", BigInteger.ONE.shiftLeft(64)),
                arguments("FLOAT32", 0.1),
                arguments("FLOAT32", Long.MAX_VALUE),
                arguments("FLOAT64", (1L << 53) + 1),
                arguments("FLOAT64", BigInteger.ONE.shiftLeft(53).add(BigInteger.ONE)),
                arguments("FLOAT64", new BigDecimal("1e400")),
                arguments("DECIMAL(4,2)", new BigDecimal("100.00")),
                arguments("DECIMAL(4,2)", new BigDecimal("0.001")),
                arguments("DECIMAL(4,2)", new BigDecimal("1e1000000000")),
                arguments("DECIMAL(4,2)", new BigDecimal("1e-1000000000")),
                arguments("DECIMAL(4,2)", 1.5),
                arguments("STRING", 1),
                arguments("STRING", "lone \ud800 surrogate"),
                arguments("STRING", "lone low \udc00"),
                arguments("BYTES", "text"),
                arguments("UUID", "not-a-uuid"),
                arguments("DATE", LocalDate.MAX),
                arguments("DATE", "2024-01-01"),
                arguments("TIME(3)", LocalTime.ofNanoOfDay(1000)),
                arguments("TIMESTAMP(0)", LocalDateTime.of(2024, 1, 1, 0, 0, 0, 1)),
                arguments("TIMESTAMP(6)", LocalDateTime.of(2024, 1, 1, 0, 0, 0, 1)),
                arguments("TIMESTAMP(9)", LocalDateTime.of(2500, 1, 1, 0, 0)),
                arguments("TIMESTAMP_TZ(6)", Instant.MAX),
                arguments("TIMESTAMP_TZ(6)", LocalDateTime.of(2024, 1, 1, 0, 0)),
                arguments("ARRAY(INT32)", "text"),
                arguments("ARRAY(INT32)", List.of("text")),
                arguments("MAP(INT32)", Map.of("a", 1L << 40)),
                arguments("MAP(INT32)", Map.of(1, 1)),
                arguments("MAP(INT32)", Collections.singletonMap(null, 1)));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void shouldRefuseAValueItsColumnCannotHold(String type, Object value) {
        RowSchema schema = schema(Column.nullable("c", DataType.parse(type)));

        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> RowWriter.encode(schema, List.of(value)))
                .satisfies(e -> assertThat(e.column()).isEqualTo("c"))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    static Stream<Arguments> fit() {
        return Stream.of(
                arguments("INT64", new BigDecimal("1.00"), 1L),
                arguments("FLOAT32", 0.5, 0.5f),
                arguments("FLOAT64", 1L << 53, 0x1p53),
                arguments("FLOAT64", new BigDecimal("0.1"), 0.1),
                arguments("UINT64", 1, BigInteger.ONE),
                arguments("DECIMAL(4,2)", new BigDecimal("1.5000"), new BigDecimal("1.50")),
                arguments("DECIMAL(4,2)", new BigDecimal("1e1"), new BigDecimal("10.00")),
                arguments("DECIMAL(4,2)", new BigDecimal("0e1000000000"), new BigDecimal("0.00")),
                arguments("DECIMAL(4,2)", new BigDecimal("0e-1000000000"), new BigDecimal("0.00")),
                arguments("DECIMAL(2,2)", new BigDecimal("0.01"), new BigDecimal("0.01")),
                arguments(
                        "TIMESTAMP(9)",
                        Values.localDateTime(Long.MIN_VALUE, true),
                        Values.localDateTime(Long.MIN_VALUE, true)),
                arguments(
                        "TIMESTAMP_TZ(6)",
                        Values.instant(Long.MIN_VALUE, false),
                        Values.instant(Long.MIN_VALUE, false)),
                arguments("STRING", "🙂", "🙂"));
    }

    @ParameterizedTest
    @MethodSource("fit")
    void shouldTakeWhatIsExact(String type, Object value, Object stored) {
        RowSchema schema = schema(Column.nullable("c", DataType.parse(type)));
        byte[] row = RowWriter.encode(schema, List.of(value));

        assertThat(new RowCursor(schema).wrap(row, 0, row.length).value(0)).isEqualTo(stored);
    }

    @Test
    void shouldRefuseNullInARequiredColumn() {
        RowSchema schema = schema(Column.required("c", DataType.STRING));
        List<@Nullable Object> values = Arrays.asList((Object) null);

        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> RowWriter.encode(schema, values))
                .withMessageContaining("does not allow null");
    }

    @Test
    void shouldTellAMisuseFromAnInvalidValue() {
        RowWriter writer = new RowWriter(schema(Column.required("c", DataType.STRING)));

        assertThatIllegalStateException().isThrownBy(() -> writer.writeInt(1)).withMessageContaining("STRING");
        assertThatIllegalStateException().isThrownBy(writer::endRow).withMessageContaining("0 of 1 columns");
    }

    @Test
    void shouldRefuseLengthsThatCannotBe() {
        RowCursor cursor = new RowCursor(schema(Column.required("c", DataType.parse("ARRAY(STRING)"))));
        byte[] backwards = new byte[32];
        int end = Varint.write(Long.MAX_VALUE, backwards, 0);
        backwards[end] = 2;
        backwards[end + 1] = 5; // a length of -3 would read its own element again and again

        assertThatIllegalArgumentException().isThrownBy(() -> cursor.wrap(backwards, 0, 32));
    }

    @Test
    void shouldRefuseAUnionBranchThatDoesNotExist() {
        RowCursor cursor = new RowCursor(schema(Column.nullable("c", DataType.INT32)));

        assertThatIllegalArgumentException().isThrownBy(() -> cursor.wrap(new byte[] {4, 2}, 0, 2));
    }

    private static RowSchema schema(Column column) {
        return new RowSchema("rows", List.of(column), List.of());
    }
}
