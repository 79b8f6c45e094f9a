package io.streamforge.operators.expression;

import io.streamforge.operators.expression.Expression.Evaluator;
import io.streamforge.record.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Sums, products and the rest. Whole numbers stay whole ({@code 7 / 2} is 3) and are refused when they overflow; decimals are
 * exact, a quotient has at least six fractional digits and is rounded half up; with a float everything is a float.
 */
final class Arithmetic {

    private static final int QUOTIENT_SCALE = 6;

    private Arithmetic() {}

    /** The operation on two values that are not null. */
    private interface Operation {
        Object apply(Object a, Object b);
    }

    static Expression of(String operator, Expression left, Expression right, int position) throws ExpressionException {
        DataType a = left.type();
        DataType b = right.type();
        if (!Types.numeric(a) || !Types.numeric(b)) {
            DataType wrong = Types.numeric(a) ? b : a;
            throw ExpressionException.type(
                    position, "'" + operator + "' takes numbers, not " + wrong, hint(operator, wrong));
        }
        if (Types.floating(a) || Types.floating(b)) {
            return expression(DataType.FLOAT64, left, right, (x, y) -> real(operator, (Number) x, (Number) y));
        }
        if (Types.whole(a) && Types.whole(b)) {
            return expression(DataType.INT64, left, right, (x, y) -> whole(operator, (Long) x, (Long) y));
        }
        DataType type = decimalType(operator, Types.asDecimal(a), Types.asDecimal(b), position);
        return expression(
                type,
                left,
                right,
                (x, y) -> decimal(operator, Comparisons.decimal((Number) x), Comparisons.decimal((Number) y), type));
    }

    private static String hint(String operator, DataType wrong) {
        return operator.equals("+") && wrong.equals(DataType.STRING)
                ? "join texts with ||, or CAST the text to a number"
                : "CAST it to a number";
    }

    private static Expression expression(DataType type, Expression left, Expression right, Operation operation) {
        Evaluator a = left.evaluator();
        Evaluator b = right.evaluator();
        return Expression.of(type, left.nullable() || right.nullable(), row -> {
            Object x = a.evaluate(row);
            Object y = b.evaluate(row);
            return x == null || y == null ? null : operation.apply(x, y);
        });
    }

    static Expression negate(Expression operand, int position) throws ExpressionException {
        if (!Types.numeric(operand.type())) {
            throw ExpressionException.type(
                    position, "'-' takes a number, not " + operand.type(), "CAST it to a number");
        }
        Evaluator value = operand.evaluator();
        DataType type = Types.whole(operand.type())
                ? DataType.INT64
                : Types.exact(operand.type()) ? Types.asDecimal(operand.type()) : operand.type();
        return Expression.of(type, operand.nullable(), row -> {
            Object x = value.evaluate(row);
            return x == null ? null : negated(x);
        });
    }

    private static Object negated(Object x) {
        if (x instanceof Long number) {
            return whole("-", 0, number);
        }
        return x instanceof Double real ? (Object) (-real) : ((BigDecimal) x).negate();
    }

    private static Long whole(String operator, long x, long y) {
        try {
            return switch (operator) {
                case "+" -> Math.addExact(x, y);
                case "-" -> Math.subtractExact(x, y);
                case "*" -> Math.multiplyExact(x, y);
                case "/" -> quotient(x, y);
                default -> y == 0 ? quotient(x, y) : x % y;
            };
        } catch (ArithmeticException e) {
            throw EvaluationException.overflow(x + " " + operator + " " + y + " does not fit INT64");
        }
    }

    private static long quotient(long x, long y) {
        if (y == 0) {
            throw EvaluationException.divisionByZero();
        }
        if (x == Long.MIN_VALUE && y == -1) {
            throw new ArithmeticException();
        }
        return x / y;
    }

    private static Double real(String operator, Number a, Number b) {
        double x = a.doubleValue();
        double y = b.doubleValue();
        if (y == 0 && (operator.equals("/") || operator.equals("%"))) {
            throw EvaluationException.divisionByZero();
        }
        double result =
                switch (operator) {
                    case "+" -> x + y;
                    case "-" -> x - y;
                    case "*" -> x * y;
                    case "/" -> x / y;
                    default -> x % y;
                };
        if (Double.isInfinite(result) && !Double.isInfinite(x) && !Double.isInfinite(y)) {
            throw EvaluationException.overflow(x + " " + operator + " " + y + " does not fit FLOAT64");
        }
        return result;
    }

    private static DataType decimalType(String operator, DataType a, DataType b, int position)
            throws ExpressionException {
        int wholeA = a.precision() - a.scale();
        int wholeB = b.precision() - b.scale();
        int scale =
                switch (operator) {
                    case "*" -> a.scale() + b.scale();
                    case "/" -> Math.max(QUOTIENT_SCALE, Math.max(a.scale(), b.scale()));
                    default -> Math.max(a.scale(), b.scale());
                };
        int whole =
                switch (operator) {
                    case "*" -> wholeA + wholeB;
                    case "/" -> wholeA + b.scale() + 1;
                    case "%" -> Math.max(wholeA, wholeB);
                    default -> Math.max(wholeA, wholeB) + 1;
                };
        if (whole + scale > DataType.MAX_DECIMAL_PRECISION) {
            throw ExpressionException.type(
                    position,
                    "the result may have more than " + DataType.MAX_DECIMAL_PRECISION + " digits",
                    "CAST an operand to a smaller DECIMAL");
        }
        return DataType.decimal(Math.max(1, whole + scale), scale);
    }

    private static BigDecimal decimal(String operator, BigDecimal x, BigDecimal y, DataType type) {
        boolean divides = operator.equals("/") || operator.equals("%");
        if (divides && y.signum() == 0) {
            throw EvaluationException.divisionByZero();
        }
        BigDecimal result =
                switch (operator) {
                    case "+" -> x.add(y);
                    case "-" -> x.subtract(y);
                    case "*" -> x.multiply(y);
                    case "/" -> x.divide(y, type.scale(), RoundingMode.HALF_UP);
                    default -> x.remainder(y);
                };
        return result.setScale(type.scale(), RoundingMode.HALF_UP);
    }
}
