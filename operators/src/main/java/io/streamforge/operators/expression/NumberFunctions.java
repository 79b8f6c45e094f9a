package io.streamforge.operators.expression;

import io.streamforge.record.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Functions of numbers; each keeps the family of its argument. */
final class NumberFunctions {

    private static final int MOST_DIGITS = 1000;

    private NumberFunctions() {}

    static DataType signedType(List<Expression> arguments) {
        DataType type = arguments.get(0).type();
        return Types.whole(type) ? DataType.INT64 : Types.exact(type) ? Types.asDecimal(type) : DataType.FLOAT64;
    }

    static Object abs(Object[] arguments) {
        Object x = arguments[0];
        if (x instanceof Long number) {
            if (number == Long.MIN_VALUE) {
                throw EvaluationException.overflow("ABS(" + number + ") does not fit INT64");
            }
            return Math.abs(number);
        }
        return x instanceof Double real ? (Object) Math.abs(real) : ((BigDecimal) x).abs();
    }

    /** A decimal keeps the digits that are asked for when they are written in the expression. */
    static DataType roundedType(List<Expression> arguments) {
        DataType type = signedType(arguments);
        if (!Types.exact(type)) {
            return type;
        }
        int scale = type.scale();
        if (arguments.size() == 1) {
            scale = 0;
        } else if (arguments.get(1).literal() instanceof Syntax.Numeral digits) {
            scale = (int) Math.min(scale, Long.parseLong(digits.text()));
        }
        int precision = Math.min(DataType.MAX_DECIMAL_PRECISION, type.precision() - type.scale() + scale + 1);
        return DataType.decimal(precision, scale);
    }

    /** Half up, away from zero. */
    static Object round(Object[] arguments) {
        long wanted = arguments.length > 1 ? (Long) arguments[1] : 0;
        int digits = (int) Math.max(-MOST_DIGITS, Math.min(MOST_DIGITS, wanted));
        Object x = arguments[0];
        if (x instanceof Double real && !Double.isFinite(real)) {
            return real;
        }
        BigDecimal exact =
                x instanceof Double real ? new BigDecimal(Double.toString(real)) : Comparisons.decimal((Number) x);
        BigDecimal rounded = digits >= exact.scale() ? exact : exact.setScale(digits, RoundingMode.HALF_UP);
        if (x instanceof Long) {
            return whole(rounded);
        }
        return x instanceof Double ? (Object) rounded.doubleValue() : rounded.setScale(Math.max(0, rounded.scale()));
    }

    private static Long whole(BigDecimal value) {
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw EvaluationException.overflow(value.toPlainString() + " does not fit INT64");
        }
    }

    static DataType integralType(List<Expression> arguments) {
        DataType type = signedType(arguments);
        return Types.exact(type)
                ? DataType.decimal(Math.max(1, Math.min(MOST_DIGITS, type.precision() - type.scale() + 1)), 0)
                : type;
    }

    static Object floor(Object[] arguments) {
        Object x = arguments[0];
        if (x instanceof BigDecimal decimal) {
            return decimal.setScale(0, RoundingMode.FLOOR);
        }
        return x instanceof Double real ? (Object) Math.floor(real) : x;
    }

    static Object ceil(Object[] arguments) {
        Object x = arguments[0];
        if (x instanceof BigDecimal decimal) {
            return decimal.setScale(0, RoundingMode.CEILING);
        }
        return x instanceof Double real ? (Object) Math.ceil(real) : x;
    }

    static Object sign(Object[] arguments) {
        return (long)
                (arguments[0] instanceof Double real
                        ? (int) Math.signum(real)
                        : Comparisons.decimal((Number) arguments[0]).signum());
    }

    static Object sqrt(Object[] arguments) {
        double x = ((Number) arguments[0]).doubleValue();
        if (x < 0) {
            throw EvaluationException.argument("SQRT of the negative number " + x);
        }
        return Math.sqrt(x);
    }

    static Object power(Object[] arguments) {
        double x = ((Number) arguments[0]).doubleValue();
        double y = ((Number) arguments[1]).doubleValue();
        double result = Math.pow(x, y);
        if (Double.isInfinite(result) || (Double.isNaN(result) && !Double.isNaN(x) && !Double.isNaN(y))) {
            throw EvaluationException.overflow("POWER(" + x + ", " + y + ") is no FLOAT64");
        }
        return result;
    }
}
