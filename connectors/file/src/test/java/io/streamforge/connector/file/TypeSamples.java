package io.streamforge.connector.file;

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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every type with the text of its extremes in CSV and in JSON. */
final class TypeSamples {

    private record Sample(String type, String[] csv, String[] json, Object[] values) {}

    private static final List<Sample> SAMPLES = List.of(
            sample("BOOLEAN", csv("true", "F"), json("true", "false"), true, false),
            sample(
                    "INT32",
                    csv("2147483647", " -2147483648 "),
                    json("2147483647", "-2147483648"),
                    Integer.MAX_VALUE,
                    Integer.MIN_VALUE),
            sample(
                    "INT64",
                    csv("9223372036854775807", "-9223372036854775808"),
                    json("9223372036854775807", "\"-9223372036854775808\""),
                    Long.MAX_VALUE,
                    Long.MIN_VALUE),
            sample(
                    "UINT64",
                    csv("18446744073709551615", "0"),
                    json("\"18446744073709551615\"", "0"),
                    new BigInteger("18446744073709551615"),
                    BigInteger.ZERO),
            sample("FLOAT32", csv("3.4028235E38", "NaN"), json("3.4028235E38", "\"NaN\""), Float.MAX_VALUE, Float.NaN),
            sample(
                    "FLOAT64",
                    csv("1.7976931348623157E308", "-Infinity"),
                    json("1.7976931348623157E308", "\"-Infinity\""),
                    Double.MAX_VALUE,
                    Double.NEGATIVE_INFINITY),
            sample(
                    "DECIMAL(5,2)",
                    csv("-999.99", ".5"),
                    json("-999.99", "\"0.50\""),
                    decimal("-999.99"),
                    decimal("0.50")),
            sample(
                    "DECIMAL(30,10)",
                    csv("99999999999999999999.9999999999", "0"),
                    json("\"99999999999999999999.9999999999\"", "0"),
                    decimal("99999999999999999999.9999999999"),
                    decimal("0E-10")),
            sample(
                    "STRING",
                    csv("\"a \"\"b\"\",\n🙂\"", "\"\""),
                    json("\"a \\\"b\\\",\\n🙂\"", "\"\""),
                    "a \"b\",\n🙂",
                    ""),
            sample("BYTES", csv("AP8=", "AA=="), json("\"AP8=\"", "\"AA==\""), new byte[] {0, -1}, new byte[] {0}),
            sample(
                    "UUID",
                    csv("123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"),
                    json("\"123e4567-e89b-12d3-a456-426614174000\"", "\"00000000-0000-0000-0000-000000000000\""),
                    UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
                    null),
            sample(
                    "DATE",
                    csv("0001-01-01", "+12345-12-31"),
                    json("\"0001-01-01\"", "\"+12345-12-31\""),
                    LocalDate.of(1, 1, 1),
                    LocalDate.of(12345, 12, 31)),
            sample(
                    "TIME(6)",
                    csv("23:59:59.999999", "00:00"),
                    json("\"23:59:59.999999\"", "\"00:00\""),
                    LocalTime.of(23, 59, 59, 999_999_000),
                    LocalTime.MIDNIGHT),
            sample(
                    "TIMESTAMP(6)",
                    csv("2024-02-29 23:59:59.123456", "1969-12-31T00:00"),
                    json("\"2024-02-29T23:59:59.123456\"", "\"1969-12-31T00:00\""),
                    LocalDateTime.of(2024, 2, 29, 23, 59, 59, 123_456_000),
                    LocalDateTime.of(1969, 12, 31, 0, 0)),
            sample(
                    "TIMESTAMP_TZ(9)",
                    csv("2024-02-29T23:59:59.123456789+02:00", "2024-01-01 00:00:00Z"),
                    json("\"2024-02-29T23:59:59.123456789+02:00\"", "\"2024-01-01T00:00:00Z\""),
                    Instant.parse("2024-02-29T21:59:59.123456789Z"),
                    Instant.parse("2024-01-01T00:00:00Z")),
            sample(
                    "INTERVAL",
                    csv("P1Y2M3DT4H5M6.7S", "PT0S"),
                    json("\"P1Y2M3DT4H5M6.7S\"", "\"PT0S\""),
                    "P1Y2M3DT4H5M6.7S",
                    "PT0S"),
            sample("JSON", csv("\"{\"\"a\"\":[1,2]}\"", "null_"), json("{\"a\":[1,2]}", "7"), "{\"a\":[1,2]}", null),
            sample("ARRAY(INT64)", csv("\"[1,null]\"", "[]"), json("[1,null]", "[]"), list(1L, null), List.of()),
            sample(
                    "MAP(STRING)",
                    csv("\"{\"\"k\"\":\"\"v\"\"}\"", "{}"),
                    json("{\"k\":\"v\"}", "{}"),
                    Map.of("k", "v"),
                    Map.of()));

    private TypeSamples() {}

    static Map<String, Object> columns() {
        Map<String, Object> columns = new LinkedHashMap<>();
        SAMPLES.forEach(sample -> columns.put(name(sample), sample.type()));
        return columns;
    }

    static List<Map<String, @Nullable Object>> rows() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (Sample sample : SAMPLES) {
                row.put(name(sample), i < 2 ? sample.values()[i] : null);
            }
            rows.add(row);
        }
        return rows;
    }

    static String csv() {
        return String.join(",", SAMPLES.stream().map(TypeSamples::name).toList()) + "\n" + csvRow(0) + csvRow(1)
                + ",".repeat(SAMPLES.size() - 1) + "\n";
    }

    static String jsonLines() {
        return jsonRow(0) + jsonRow(1) + "{}\n";
    }

    private static String csvRow(int row) {
        return String.join(
                        ",",
                        SAMPLES.stream()
                                .map(sample -> sample.values()[row] == null ? "" : sample.csv()[row])
                                .toList())
                + "\n";
    }

    private static String jsonRow(int row) {
        return "{"
                + String.join(
                        ",",
                        SAMPLES.stream()
                                .map(sample -> "\"" + name(sample) + "\":"
                                        + (sample.values()[row] == null ? "null" : sample.json()[row]))
                                .toList())
                + "}\n";
    }

    private static String name(Sample sample) {
        return sample.type().toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    }

    private static Sample sample(String type, String[] csv, String[] json, @Nullable Object... values) {
        return new Sample(type, csv, json, values);
    }

    private static String[] csv(String... texts) {
        return texts;
    }

    private static String[] json(String... texts) {
        return texts;
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    private static List<@Nullable Object> list(@Nullable Object... items) {
        return new ArrayList<>(java.util.Arrays.asList(items));
    }
}
