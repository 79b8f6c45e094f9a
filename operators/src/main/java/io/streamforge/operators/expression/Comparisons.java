package io.streamforge.operators.expression;

import io.streamforge.operators.expression.Expression.Test;
import io.streamforge.record.DataType;
import io.streamforge.record.DataType.Kind;
import io.streamforge.record.RowCursor;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Order of values: numbers by what they are worth whatever their type, texts by code points, NaN after all numbers. */
final class Comparisons {

    private Comparisons() {}

    /** Decides from the sign of a comparison. */
    interface Outcome {
        boolean of(int sign);
    }

    static Outcome outcome(String operator) {
        return switch (operator) {
            case "=" -> sign -> sign == 0;
            case "<" -> sign -> sign < 0;
            case "<=" -> sign -> sign <= 0;
            case ">" -> sign -> sign > 0;
            case ">=" -> sign -> sign >= 0;
            default -> sign -> sign != 0;
        };
    }

    static Test test(Expression left, Expression right, Outcome outcome) {
        if (left.column() >= 0 && right.literal() != null && !right.isNullLiteral()) {
            Test fast = columnWithLiteral(left, right, outcome);
            if (fast != null) {
                return fast;
            }
        }
        Expression.Evaluator a = left.evaluator();
        Expression.Evaluator b = right.evaluator();
        return row -> {
            Object x = a.evaluate(row);
            Object y = b.evaluate(row);
            return x == null || y == null ? Test.UNKNOWN : truth(outcome.of(compare(x, y)));
        };
    }

    /** Without an object per row. */
    private static @Nullable Test columnWithLiteral(Expression left, Expression right, Outcome outcome) {
        int column = left.column();
        Object value = right.evaluator().evaluate(NO_ROW);
        if (left.kind() == Kind.INT64 && value instanceof Long constant) {
            return row ->
                    row.isNull(column) ? Test.UNKNOWN : truth(outcome.of(Long.compare(row.getLong(column), constant)));
        }
        if (left.kind() == Kind.INT32 && value instanceof Long constant) {
            return row ->
                    row.isNull(column) ? Test.UNKNOWN : truth(outcome.of(Long.compare(row.getInt(column), constant)));
        }
        if (left.kind() == Kind.STRING && value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return row -> row.isNull(column) ? Test.UNKNOWN : truth(outcome.of(compareUtf8(row, column, utf8)));
        }
        return null;
    }

    private static final RowCursor NO_ROW = new RowCursor(new io.streamforge.record.RowSchema(
            "none",
            java.util.List.of(io.streamforge.record.Column.nullable("none", DataType.BOOLEAN)),
            java.util.List.of()));

    /** UTF-8 bytes have the order of their code points. */
    private static int compareUtf8(RowCursor row, int column, byte[] utf8) {
        return Arrays.compareUnsigned(row.array(), row.contentStart(column), row.end(column), utf8, 0, utf8.length);
    }

    static int truth(boolean value) {
        return value ? Test.TRUE : Test.FALSE;
    }

    /** Compares values of types that have a common one; see {@link Types#common}. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static int compare(Object a, Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return compareNumbers(x, y);
        }
        if (a instanceof String x && b instanceof String y) {
            return compareTexts(x, y);
        }
        if (a instanceof byte[] x && b instanceof byte[] y) {
            return Arrays.compareUnsigned(x, y);
        }
        if (a instanceof LocalDate x && !(b instanceof LocalDate)) {
            return compare(x.atStartOfDay(), b);
        }
        if (b instanceof LocalDate y && !(a instanceof LocalDate)) {
            return compare(a, y.atStartOfDay());
        }
        if (a instanceof java.util.UUID x && b instanceof java.util.UUID y) {
            return x.toString().compareTo(y.toString());
        }
        return ((Comparable) a).compareTo(b);
    }

    private static int compareNumbers(Number a, Number b) {
        if (a instanceof Long x && b instanceof Long y) {
            return x.compareTo(y);
        }
        boolean reals = a instanceof Double && b instanceof Double;
        if (reals || !finite(a) || !finite(b)) {
            // adding zero makes -0.0 the same as 0.0
            return Double.compare(a.doubleValue() + 0.0, b.doubleValue() + 0.0);
        }
        return decimal(a).compareTo(decimal(b));
    }

    private static boolean finite(Number number) {
        return !(number instanceof Double real) || Double.isFinite(real);
    }

    static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        return number instanceof Double real ? new BigDecimal(real) : BigDecimal.valueOf(number.longValue());
    }

    static int compareTexts(String a, String b) {
        int shared = Math.min(a.length(), b.length());
        for (int i = 0; i < shared; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean surrogates = Character.isSurrogate(x) != Character.isSurrogate(y);
                return surrogates ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
