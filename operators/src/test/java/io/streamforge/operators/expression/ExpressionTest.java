package io.streamforge.operators.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

    private static final RowSchema SCHEMA = new RowSchema(
            "people",
            List.of(
                    Column.required("id", DataType.INT64),
                    Column.nullable("age", DataType.INT32),
                    Column.nullable("name", DataType.STRING),
                    Column.nullable("total", DataType.decimal(12, 2)),
                    Column.nullable("weight", DataType.FLOAT64),
                    Column.nullable("active", DataType.BOOLEAN),
                    Column.nullable("born", DataType.DATE),
                    Column.nullable("seen", DataType.timestampTz(6)),
                    Column.nullable("made", DataType.timestamp(6)),
                    Column.nullable("ref", DataType.UUID),
                    Column.nullable("big", DataType.UINT64),
                    Column.nullable("alarm", DataType.time(6)),
                    Column.nullable("data", DataType.JSON),
                    Column.nullable("none", DataType.STRING),
                    Column.nullable("nothing", DataType.INT64),
                    Column.required("weird \"name\"", DataType.INT32)),
            List.of("id"));

    private static final byte[] ROW = RowWriter.encode(
            SCHEMA,
            Arrays.asList(
                    7L,
                    42,
                    "Zoë 🙂",
                    new BigDecimal("19.99"),
                    62.5,
                    true,
                    LocalDate.of(1984, 2, 29),
                    Instant.parse("2024-08-01T12:30:45.5Z"),
                    LocalDateTime.of(2024, 8, 1, 12, 30),
                    UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
                    new BigInteger("18446744073709551615"),
                    LocalTime.of(6, 30),
                    "{\"a\":1}",
                    null,
                    null,
                    5));

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '~',
            value = {
                "1 + 2 * 3 ¦ INT64 ¦ 7",
                "(1 + 2) * 3 ¦ INT64 ¦ 9",
                "-age + 2 ¦ INT64 ¦ -40",
                "- - 2 ¦ INT64 ¦ 2",
                "7 / 2 ¦ INT64 ¦ 3",
                "-7 / 2 ¦ INT64 ¦ -3",
                "-7 % 3 ¦ INT64 ¦ -1",
                "7.0 / 2 ¦ DECIMAL(8,6) ¦ 3.500000",
                "1.00 / 3 ¦ DECIMAL(8,6) ¦ 0.333333",
                "total * 2 ¦ DECIMAL(31,2) ¦ 39.98",
                "total * 0.1 ¦ DECIMAL(13,3) ¦ 1.999",
                "total + 1 ¦ DECIMAL(22,2) ¦ 20.99",
                "total - total ¦ DECIMAL(13,2) ¦ 0.00",
                "total % 7 ¦ DECIMAL(21,2) ¦ 5.99",
                "weight * 2 ¦ FLOAT64 ¦ 125.0",
                "weight + total ¦ FLOAT64 ¦ 82.49",
                "big + 1 ¦ DECIMAL(21,0) ¦ 18446744073709551616",
                "1e3 ¦ FLOAT64 ¦ 1000.0",
                ".5 + 1 ¦ DECIMAL(21,1) ¦ 1.5",
                "12345678901234567890 ¦ DECIMAL(20,0) ¦ 12345678901234567890",
                "nothing + 1 ¦ INT64 ¦ null",
                "'it''s' ¦ STRING ¦ it's",
                "'a' || 'b' || 1 ¦ STRING ¦ ab1",
                "name || none ¦ STRING ¦ null",
                "CONCAT(name, ' ', none, 1.50) ¦ STRING ¦ Zoë 🙂 1.50",
                "AGE ¦ INT32 ¦ 42",
                "\"weird \"\"name\"\"\" + 1 ¦ INT64 ¦ 6",
                "`age` ¦ INT32 ¦ 42",
                "LOWER('ÄB') || UPPER('straße') ¦ STRING ¦ äbSTRASSE",
                "TRIM('  x ') || '.' ¦ STRING ¦ x.",
                "LENGTH(name) ¦ INT64 ¦ 5",
                "SUBSTRING(name, 5) ¦ STRING ¦ 🙂",
                "SUBSTRING(name, 1, 3) ¦ STRING ¦ Zoë",
                "SUBSTRING('abc', 0, 2) ¦ STRING ¦ a",
                "SUBSTR('abc', 9) ¦ STRING ¦ ~~",
                "LEFT('abc', 2) || RIGHT('abc', 2) ¦ STRING ¦ abbc",
                "LEFT('abc', -1) || RIGHT('abc', -1) ¦ STRING ¦ abbc",
                "REPLACE('a-b-c', '-', '') ¦ STRING ¦ abc",
                "SPLIT_PART('a,b,c', ',', 2) ¦ STRING ¦ b",
                "SPLIT_PART('a,b,c', ',', 4) ¦ STRING ¦ ~~",
                "SHA256('abc') ¦ STRING ¦ ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "ABS(-3) ¦ INT64 ¦ 3",
                "ABS(-total) ¦ DECIMAL(12,2) ¦ 19.99",
                "ROUND(2.5) ¦ DECIMAL(2,0) ¦ 3",
                "ROUND(-2.5) ¦ DECIMAL(2,0) ¦ -3",
                "ROUND(19.995, 2) ¦ DECIMAL(5,2) ¦ 20.00",
                "ROUND(62.5) ¦ DECIMAL(3,0) ¦ 63",
                "ROUND(weight) ¦ FLOAT64 ¦ 63.0",
                "ROUND(15, -1) ¦ INT64 ¦ 20",
                "FLOOR(-1.5) ¦ DECIMAL(2,0) ¦ -2",
                "CEIL(total) ¦ DECIMAL(11,0) ¦ 20",
                "SQRT(16) ¦ FLOAT64 ¦ 4.0",
                "POWER(2, 10) ¦ FLOAT64 ¦ 1024.0",
                "SIGN(-0.5) ¦ INT64 ¦ -1",
                "MOD(7, 4) ¦ INT64 ¦ 3",
                "GREATEST(1, 2.5, nothing) ¦ DECIMAL(20,1) ¦ 2.5",
                "LEAST(born, DATE '2000-01-01') ¦ DATE ¦ 1984-02-29",
                "COALESCE(nothing, age) ¦ INT64 ¦ 42",
                "COALESCE(none, 'x') ¦ STRING ¦ x",
                "COALESCE(NULL, total, 1) ¦ DECIMAL(21,2) ¦ 19.99",
                "IFNULL(nothing, 0) ¦ INT64 ¦ 0",
                "NULLIF(age, 42) ¦ INT32 ¦ null",
                "NULLIF(age, 41) ¦ INT32 ¦ 42",
                "IF(age > 40, 'old', 'young') ¦ STRING ¦ old",
                "CASE WHEN age < 18 THEN 'child' WHEN age < 65 THEN 'adult' ELSE 'senior' END ¦ STRING ¦ adult",
                "CASE age WHEN 41 THEN 1 WHEN 42 THEN 2 END ¦ INT64 ¦ 2",
                "CASE WHEN FALSE THEN 1 END ¦ INT64 ¦ null",
                "CASE WHEN active THEN 1 ELSE 2.5 END ¦ DECIMAL(20,1) ¦ 1.0",
                "CAST('12.345' AS DECIMAL(4,1)) ¦ DECIMAL(4,1) ¦ 12.3",
                "CAST(2.5 AS BIGINT) ¦ INT64 ¦ 3",
                "CAST(total AS STRING) ¦ STRING ¦ 19.99",
                "CAST(active AS INT) ¦ INT32 ¦ 1",
                "CAST('yes' AS BOOLEAN) ¦ BOOLEAN ¦ true",
                "CAST('2024-08-01 10:00:00' AS TIMESTAMP) ¦ TIMESTAMP(6) ¦ 2024-08-01T10:00",
                "CAST('2024-08-01T10:00:00+02:00' AS TIMESTAMP_TZ) ¦ TIMESTAMP_TZ(6) ¦ 2024-08-01T08:00:00Z",
                "CAST(seen AS TIMESTAMP(0)) ¦ TIMESTAMP(0) ¦ 2024-08-01T12:30:45",
                "CAST(seen AS DATE) ¦ DATE ¦ 2024-08-01",
                "CAST(made AS STRING) ¦ STRING ¦ 2024-08-01T12:30:00",
                "CAST(weight AS INT32) ¦ INT32 ¦ 63",
                "CAST('1e2' AS FLOAT64) ¦ FLOAT64 ¦ 100.0",
                "CAST(NULL AS INT64) ¦ INT64 ¦ null",
                "TRY_CAST('x' AS INT64) ¦ INT64 ¦ null",
                "TRY_CAST('7' AS INT64) ¦ INT64 ¦ 7",
                "YEAR(born) * 10000 + MONTH(born) * 100 + DAY(born) ¦ INT64 ¦ 19840229",
                "EXTRACT(HOUR FROM seen) * 60 + MINUTE(seen) ¦ INT64 ¦ 750",
                "DATE_TRUNC('month', seen) ¦ TIMESTAMP_TZ(6) ¦ 2024-08-01T00:00:00Z",
                "DATE_TRUNC('week', made) ¦ TIMESTAMP(6) ¦ 2024-07-29T00:00",
                "DATE_TRUNC('quarter', born) ¦ DATE ¦ 1984-01-01",
                "FROM_EPOCH_MILLIS(1722515445500) ¦ TIMESTAMP_TZ(3) ¦ 2024-08-01T12:30:45.500Z",
                "EPOCH_MILLIS(seen) ¦ INT64 ¦ 1722515445500",
                "id ¦ INT64 ¦ 7",
            })
    void shouldEvaluate(String text, String type, String value) throws Exception {
        Expression expression = Expression.compile(text, SCHEMA);

        assertThat(expression.type()).as("type").hasToString(type);
        assertThat(String.valueOf(expression.evaluate(row()))).isEqualTo(value);
        assertThat(value.equals("null") && !expression.nullable())
                .as("null without being nullable")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "age > 18 AND active",
                "age >= 42 AND age <= 42 AND age = 42 AND NOT age <> 42 AND age != 43",
                "id = 7 OR none = 'x'",
                "name = 'Zoë 🙂'",
                "name > 'A' AND name < 'a'",
                "'a' < 'b'",
                "'\uFFFF' < '🙂'",
                "total = 19.990 AND total > 19 AND total < weight",
                "weight = 62.5 AND weight > 62",
                "big = 18446744073709551615",
                "9007199254740993 > 9007199254740992e0",
                "born = '1984-02-29' AND born < '2000-01-01' AND born < made",
                "seen > '2024-08-01T14:30:45+02:00' AND seen < TIMESTAMP '2024-08-01T12:30:46Z'",
                "alarm = '06:30'",
                "ref = '123E4567-e89b-12d3-a456-426614174000'",
                "age IN (1, 2, 42) AND age NOT IN (1, 2) AND name IN ('Zoë 🙂')",
                "age BETWEEN 42 AND 50 AND age NOT BETWEEN 1 AND 41",
                "none IS NULL AND name IS NOT NULL",
                "active IS TRUE AND (none = 'x') IS NOT TRUE AND (1 = 2) IS FALSE",
                "none IS NOT DISTINCT FROM NULL AND age IS DISTINCT FROM nothing",
                "name LIKE 'Zo_ %' AND name NOT LIKE 'zo%' AND name ILIKE 'ZO%'",
                "'50%' LIKE '50!%' ESCAPE '!' AND '501' NOT LIKE '50!%' ESCAPE '!'",
                "STARTS_WITH(name, 'Zo') AND ENDS_WITH(name, '🙂') AND CONTAINS(name, 'ë')",
                "TRUE",
                "NOT FALSE",
                "active = TRUE",
                "(age = 1 AND none = 'x') IS FALSE",
                "CASE WHEN none = 'x' THEN FALSE ELSE TRUE END",
            })
    void shouldBeTrue(String text) throws Exception {
        assertThat(Expression.compile(text, SCHEMA).isTrue(row())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none = 'x'",
                "none <> 'x'",
                "nothing > 1",
                "NOT (nothing > 1)",
                "nothing IN (1, 2)",
                "nothing NOT IN (1, 2)",
                "7 NOT IN (1, nothing)",
                "7 IN (1, nothing)",
                "nothing BETWEEN 1 AND 2",
                "none LIKE '%'",
                "age > NULL",
                "NULL",
                "TRUE AND nothing = 1",
                "FALSE OR nothing = 1",
            })
    void shouldBeUnknown(String text) throws Exception {
        Expression condition = Expression.compile("(" + text + ") IS NULL", SCHEMA);
        assertThat(condition.isTrue(row())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            value = {
                "1 / 0 ¦ EXPRESSION-DIVISION-BY-ZERO",
                "1 % 0 ¦ EXPRESSION-DIVISION-BY-ZERO",
                "1.0 / 0 ¦ EXPRESSION-DIVISION-BY-ZERO",
                "weight / 0 ¦ EXPRESSION-DIVISION-BY-ZERO",
                "999999999999999999 * 999999999999999999 ¦ EXPRESSION-OVERFLOW",
                "1e308 * 10 ¦ EXPRESSION-OVERFLOW",
                "CAST('x' AS INT64) ¦ EXPRESSION-CAST",
                "CAST(3000000000 AS INT32) ¦ EXPRESSION-CAST",
                "CAST(total AS DECIMAL(3,2)) ¦ EXPRESSION-OVERFLOW",
                "CAST('2023-02-29' AS DATE) ¦ EXPRESSION-CAST",
                "CAST('1-1-1-1-1' AS UUID) ¦ EXPRESSION-CAST",
                "CAST(-1 AS UINT64) ¦ EXPRESSION-CAST",
                "SQRT(-1) ¦ EXPRESSION-ARGUMENT",
                "DATE_TRUNC('fortnight', seen) ¦ EXPRESSION-ARGUMENT",
            })
    void shouldHaveNoValue(String text, String code) throws Exception {
        Expression expression = Expression.compile(text, SCHEMA);

        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> expression.evaluate(row()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '~',
            value = {
                "agee > 1 ¦ at character 1: there is no column 'agee' ¦ did you mean 'age'?",
                "age > 1 AND nme = 'x' ¦ at character 13 ¦ did you mean 'name'?",
                "LOWR(name) ¦ at character 1: there is no function LOWR ¦ did you mean 'LOWER'?",
                "age > ¦ at character 6: the expression is not complete ¦ ~~",
                "age > 1) ¦ at character 8: unexpected ')' ¦ ~~",
                "(age > 1 ¦ at character 9: expected ')' ¦ ~~",
                "name = 'x ¦ at character 8: the quote ' is not closed ¦ ~~",
                "name = \"x\" ¦ at character 8: there is no column 'x' ¦ ~~",
                "age && 1 ¦ at character 5 ¦ AND",
                "a.b = 1 ¦ at character 2 ¦ prefix",
                "1; DROP TABLE x ¦ at character 2 ¦ single expression",
                "age = 'x' ¦ at character 5: cannot compare INT32 with STRING ¦ CAST",
                "born = 'x' ¦ at character 8: 'x' is no DATE ¦ '2024-08-01'",
                "seen > '2024-01-01' ¦ at character 8: '2024-01-01' has no time zone ¦ 'Z'",
                "seen = made ¦ cannot compare TIMESTAMP_TZ(6) with TIMESTAMP(6) ¦ CAST",
                "name + 1 ¦ at character 6: '+' takes numbers, not STRING ¦ join texts with ||",
                "active > FALSE ¦ booleans have no order ¦ ~~",
                "data = data ¦ JSON values cannot be compared ¦ CAST",
                "age AND active ¦ AND takes a condition, not INT32 ¦ compare",
                "CASE WHEN age THEN 1 END ¦ WHEN takes a condition ¦ ~~",
                "CASE WHEN active THEN 1 ELSE 'x' END ¦ values of INT64 and STRING do not mix ¦ CAST",
                "COALESCE(NULL, NULL) ¦ all values are NULL ¦ CAST(NULL AS STRING)",
                "LENGTH(age) ¦ argument 1 of LENGTH is text, not INT32 ¦ CAST",
                "LENGTH() ¦ LENGTH takes 1 argument(s), got 0 ¦ ~~",
                "SUBSTRING(name) ¦ SUBSTRING takes 2 to 3 arguments, got 1 ¦ ~~",
                "CAST(age AS INT65) ¦ 'INT65' is not a type ¦ DECIMAL",
                "CAST(age AS DATE) ¦ INT32 cannot be cast to DATE ¦ ~~",
                "CAST(age AS DECIMAL) ¦ DECIMAL needs its digits ¦ DECIMAL(12,2)",
                "CAST(name AS VARCHAR(10)) ¦ texts have no length ¦ DECIMAL",
                "name LIKE 5 ¦ LIKE takes text, not INT64 ¦ ~~",
                "name NOT 5 ¦ after NOT comes IN, BETWEEN or LIKE ¦ ~~",
                "name IS 5 ¦ after IS comes NULL ¦ ~~",
                "end = 1 ¦ at character 1: a value is missing before 'end' ¦ \"end\"",
                "case age end ¦ CASE needs WHEN ¦ ~~",
                "1e9999 ¦ exponent ¦ ~~",
                "2nd = 1 ¦ a name does not begin with a digit ¦ \"like this\"",
                "java.lang.Runtime.getRuntime() ¦ at character 5 ¦ ~~",
                "getClass() ¦ there is no function GETCLASS ¦ ~~",
            })
    void shouldSayWhatIsWrongAndWhere(String text, String message, String suggestion) {
        assertThatExceptionOfType(ExpressionException.class)
                .isThrownBy(() -> Expression.compile(text, SCHEMA))
                .satisfies(e -> assertThat(e).hasMessageContaining(message))
                .satisfies(e -> assertThat(String.valueOf(e.suggestion())).contains(suggestion.replace("'Z'", "Z'")));
    }

    @Test
    void shouldRefuseWhatIsTooDeepOrTooLong() {
        for (String text : List.of(
                "(".repeat(5000) + "1" + ")".repeat(5000),
                "NOT ".repeat(2400) + "active",
                "-".repeat(5000) + "1",
                "1" + "+1".repeat(4000),
                "CASE WHEN active THEN ".repeat(400) + "1" + " END".repeat(400),
                "ABS(".repeat(2000) + "1" + ")".repeat(2000),
                "x".repeat(100_000))) {
            assertThatExceptionOfType(ExpressionException.class)
                    .isThrownBy(() -> Expression.compile(text, SCHEMA))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("EXPRESSION-SYNTAX"));
        }
    }

    @Test
    void shouldTakeManyConditions() throws Exception {
        String many = String.join(" OR ", java.util.Collections.nCopies(600, "age = 1")) + " OR age = 42";

        assertThat(Expression.compile(many, SCHEMA).isTrue(row())).isTrue();
    }

    @Test
    void shouldAskForQuotesWhenANameIsAmbiguous() {
        RowSchema schema = new RowSchema(
                "rows",
                List.of(Column.required("Id", DataType.INT32), Column.required("ID", DataType.INT32)),
                List.of());

        assertThatExceptionOfType(ExpressionException.class)
                .isThrownBy(() -> Expression.compile("id", schema))
                .withMessageContaining("may be 'Id' or 'ID'");
    }

    private static RowCursor row() {
        return new RowCursor(SCHEMA).wrap(ROW, 0, ROW.length);
    }
}
