package io.streamforge.testing;

import io.streamforge.record.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Every logical type with values that are ordinary and values at its limits. */
public final class TypeSamples {

    private TypeSamples() {}

    /** Arguments {@code (DataType, List<Object>)} for a parameterized test. */
    public static Stream<Arguments> all() {
        return Stream.of(
                of(DataType.BOOLEAN, true, false),
                of(DataType.INT32, 0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE),
                of(DataType.INT64, 0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE),
                of(
                        DataType.UINT64,
                        BigInteger.ZERO,
                        BigInteger.TEN,
                        BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE)),
                of(DataType.FLOAT32, 0f, 1.5f, -3.4028235e38f, Float.MIN_VALUE),
                of(DataType.FLOAT64, 0d, 0.1, -1.7976931348623157e308, Double.MIN_VALUE),
                of(DataType.decimal(12, 2), decimal("0.00"), decimal("1234567890.12"), decimal("-0.01")),
                of(DataType.decimal(10, 0), decimal("9999999999"), decimal("10000")),
                of(DataType.decimal(9, 9), decimal("0.000000001"), decimal("-0.999999999")),
                of(
                        DataType.decimal(50, 20),
                        decimal("999999999999999999999999999999.99999999999999999999"),
                        decimal("-1.00000000000000000001")),
                of(DataType.STRING, "", "plain", "Zürich 東京 🙂", "tab\t\"quote\" back\\slash\nline", "x".repeat(9000)),
                of(DataType.BYTES, new byte[0], new byte[] {0, 1, -1, 127, -128}),
                of(DataType.UUID, new UUID(0, 0), UUID.fromString("c0ffee00-dead-4bad-8bad-0123456789ab")),
                of(
                        DataType.DATE,
                        LocalDate.EPOCH,
                        LocalDate.of(1, 1, 1),
                        LocalDate.of(2024, 2, 29),
                        LocalDate.of(9999, 12, 31)),
                of(DataType.time(0), LocalTime.MIDNIGHT, LocalTime.of(23, 59, 59)),
                of(DataType.time(6), LocalTime.MIDNIGHT, LocalTime.of(23, 59, 59, 999_999_000)),
                of(DataType.timestamp(3), LocalDateTime.of(2024, 2, 29, 12, 0, 0, 123_000_000)),
                of(
                        DataType.timestamp(6),
                        LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
                        LocalDateTime.of(1, 1, 1, 0, 0),
                        LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000)),
                of(DataType.timestamp(9), LocalDateTime.of(2024, 2, 29, 12, 0, 0, 123_456_789)),
                of(
                        DataType.timestampTz(6),
                        Instant.EPOCH,
                        Instant.parse("2024-08-01T00:00:00.000001Z"),
                        Instant.parse("0001-01-01T00:00:00Z")),
                of(DataType.timestampTz(9), Instant.parse("2024-08-01T00:00:00.000000001Z")),
                of(DataType.INTERVAL, "PT0S", "P1Y2M3DT4H5M6.789S", "-P1D", "PT-0.000001S"),
                of(DataType.JSON, "null", "{\"a\":[1,2.50,\"x\"],\"b\":{}}", "\"Zürich\""),
                of(DataType.array(DataType.INT64), List.of(), List.of(1L, Long.MAX_VALUE)),
                of(DataType.array(DataType.STRING), List.of("", "a,b", "{\"x\"}", "NULL")),
                of(DataType.array(DataType.decimal(12, 2)), List.of(decimal("1.50"), decimal("-2.00"))),
                of(DataType.array(DataType.array(DataType.INT32)), List.of(List.of(1), List.of(), List.of(2, 3))),
                of(DataType.map(DataType.STRING), Map.of(), Map.of("k", "v", "", "empty")),
                of(DataType.map(DataType.FLOAT64), Map.of("x", 1.5, "y", -0.25)));
    }

    private static Arguments of(DataType type, Object... values) {
        return Arguments.of(type, List.of(values));
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
