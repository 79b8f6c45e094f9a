package io.streamforge.operators.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpressionPropertiesTest {

    private static final long SEED = Long.getLong("streamforge.test.seed", System.nanoTime());
    private static final Boolean[] TRUTHS = {true, false, null};

    private final Random random = new Random(SEED);

    @Test
    void shouldFollowTheLawsOfThreeValuedLogic() throws Exception {
        RowSchema schema = new RowSchema(
                "logic",
                List.of(
                        Column.nullable("a", DataType.BOOLEAN),
                        Column.nullable("b", DataType.BOOLEAN),
                        Column.nullable("c", DataType.BOOLEAN)),
                List.of());
        for (Boolean a : TRUTHS) {
            for (Boolean b : TRUTHS) {
                for (Boolean c : TRUTHS) {
                    RowCursor row = row(schema, a, b, c);
                    assertSame(schema, row, "NOT (a AND b)", "NOT a OR NOT b");
                    assertSame(schema, row, "NOT (a OR b)", "NOT a AND NOT b");
                    assertSame(schema, row, "a AND (b OR c)", "a AND b OR a AND c");
                    assertSame(schema, row, "a OR b AND c", "(a OR b) AND (a OR c)");
                    assertSame(schema, row, "NOT NOT a", "a");
                    assertSame(schema, row, "a = b", "a AND b OR NOT a AND NOT b");
                    assertSame(schema, row, "a IS NOT DISTINCT FROM b", "(a = b) IS TRUE OR a IS NULL AND b IS NULL");
                    assertSame(schema, row, "CASE WHEN a THEN b ELSE c END", "IF(a, b, c)");
                    assertSame(schema, row, "COALESCE(a, b)", "CASE WHEN a IS NOT NULL THEN a ELSE b END");
                }
            }
        }
    }

    @Test
    void shouldComputeDecimalsExactly() throws Exception {
        for (int i = 0; i < 3000; i++) {
            BigDecimal a = new BigDecimal(new BigInteger(50, random), 1 + random.nextInt(9)).negate();
            BigDecimal b = new BigDecimal(new BigInteger(40, random).add(BigInteger.ONE), random.nextInt(10));
            String x = "(" + a.toPlainString() + ")";
            String y = "(" + b.toPlainString() + ")";

            assertDecimal(x + " + " + y, a.add(b));
            assertDecimal(x + " - " + y, a.subtract(b));
            assertDecimal(x + " * " + y, a.multiply(b));
            if (a.scale() + b.scale() > 0) {
                Expression quotient = Expression.compile(x + " / " + y, ANY);
                BigDecimal expected = a.divide(b, quotient.type().scale(), RoundingMode.HALF_UP);
                assertThat((BigDecimal) quotient.evaluate(NO_ROW))
                        .as("seed %d", SEED)
                        .isEqualByComparingTo(expected);
                assertThat(expected.precision())
                        .isLessThanOrEqualTo(quotient.type().precision());
            }
        }
    }

    @Test
    void shouldMatchLikeAsARegularExpressionWould() {
        String[] letters = {"a", "b", "🙂", "%", "_"};
        for (int i = 0; i < 20_000; i++) {
            String text = text(letters, 3, random.nextInt(8));
            String pattern = text(letters, 5, random.nextInt(6));
            String regex = pattern.codePoints()
                    .mapToObj(c -> c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(Character.toString(c)))
                    .collect(Collectors.joining());

            assertThat(LikePattern.of(pattern, -1, false).matches(text))
                    .as("seed %d: '%s' LIKE '%s'", SEED, text, pattern)
                    .isEqualTo(text.matches("(?s)" + regex));
        }
    }

    @Test
    void shouldMatchHostilePatternsQuickly() {
        String text = "a".repeat(20_000);
        LikePattern pattern = LikePattern.of("%a".repeat(500) + "b", -1, false);

        assertThat(pattern.matches(text)).isFalse();
    }

    @Test
    void shouldNeverFailOtherwiseThanWithAMessage() {
        String[] pieces = {
            "age",
            "name",
            "1",
            "1.5",
            "'x'",
            "(",
            ")",
            ",",
            "+",
            "-",
            "*",
            "/",
            "=",
            "<",
            "AND",
            "OR",
            "NOT",
            "IN",
            "LIKE",
            "BETWEEN",
            "CASE",
            "WHEN",
            "THEN",
            "END",
            "CAST",
            "AS",
            "INT64",
            "NULL",
            "IS",
            "COALESCE",
            "\"",
            "'",
            ".",
            "||"
        };
        RowSchema schema = new RowSchema(
                "rows",
                List.of(Column.nullable("age", DataType.INT32), Column.nullable("name", DataType.STRING)),
                List.of());
        int compiled = 0;
        for (int i = 0; i < 50_000; i++) {
            String text = text(pieces, pieces.length, 1 + random.nextInt(8)).replace("  ", " ");
            try {
                Expression.compile(text, schema).evaluate(row(schema, 3, "x"));
                compiled++;
            } catch (ExpressionException | EvaluationException e) {
                assertThat(e.getMessage()).as("seed %d: %s", SEED, text).isNotBlank();
            }
        }
        assertThat(compiled).isPositive();
    }

    private static final RowSchema ANY =
            new RowSchema("any", List.of(Column.nullable("c", DataType.BOOLEAN)), List.of());
    private static final RowCursor NO_ROW = row(ANY, (Object) null);

    private static void assertDecimal(String text, BigDecimal expected) throws ExpressionException {
        Expression expression = Expression.compile(text, ANY);
        Object value = expression.evaluate(NO_ROW);
        assertThat(value instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) value)
                .as("seed %d: %s", SEED, text)
                .isEqualByComparingTo(expected);
        if (expression.type().kind() == DataType.Kind.DECIMAL) {
            assertThat(RowWriter.encode(
                            new RowSchema("r", List.of(Column.required("c", expression.type())), List.of()),
                            List.of(expected)))
                    .isNotEmpty();
        }
    }

    private static void assertSame(RowSchema schema, RowCursor row, String a, String b) throws ExpressionException {
        assertThat(Expression.compile(a, schema).evaluate(row))
                .as("%s is %s for %s", a, b, row.toMap())
                .isEqualTo(Expression.compile(b, schema).evaluate(row));
    }

    private String text(String[] pieces, int of, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(pieces[random.nextInt(of)]).append(of > 5 ? " " : "");
        }
        return text.toString();
    }

    private static RowCursor row(RowSchema schema, @Nullable Object... values) {
        byte[] bytes = RowWriter.encode(schema, Arrays.asList(values));
        return new RowCursor(schema).wrap(bytes, 0, bytes.length);
    }
}
