package io.streamforge.operators.expression;

import io.streamforge.record.DataType;
import io.streamforge.record.DataType.Kind;
import java.math.BigDecimal;

/** Constants. */
final class Literals {

    private static final int LONG_DIGITS = 18;

    private Literals() {}

    static Expression of(Syntax syntax) throws ExpressionException {
        if (syntax instanceof Syntax.Numeral number) {
            return number(number);
        }
        if (syntax instanceof Syntax.Text text) {
            return Expression.constant(DataType.STRING, text.value(), syntax);
        }
        if (syntax instanceof Syntax.Bool bool) {
            return Expression.constant(DataType.BOOLEAN, bool.value(), syntax);
        }
        if (syntax instanceof Syntax.Typed typed) {
            return typed(typed);
        }
        if (syntax instanceof Syntax.Null) {
            return Expression.constant(DataType.STRING, null, syntax);
        }
        throw new IllegalStateException("no expression is made of " + syntax);
    }

    private static Expression number(Syntax.Numeral number) throws ExpressionException {
        String text = number.text();
        if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            double real = Double.parseDouble(text);
            if (Double.isInfinite(real)) {
                throw ExpressionException.type(number.position(), "the number does not fit FLOAT64", null);
            }
            return Expression.constant(DataType.FLOAT64, real, number);
        }
        if (text.indexOf('.') < 0 && text.length() <= LONG_DIGITS) {
            return Expression.constant(DataType.INT64, Long.parseLong(text), number);
        }
        BigDecimal value = new BigDecimal(text);
        int precision = Math.max(value.precision(), value.scale());
        if (precision > DataType.MAX_DECIMAL_PRECISION) {
            throw ExpressionException.type(
                    number.position(), "the number has more than " + DataType.MAX_DECIMAL_PRECISION + " digits", null);
        }
        return Expression.constant(DataType.decimal(precision, value.scale()), value, number);
    }

    private static Expression typed(Syntax.Typed typed) throws ExpressionException {
        DataType type =
                switch (typed.type()) {
                    case "DATE" -> DataType.DATE;
                    case "TIME" -> DataType.time(6);
                    default ->
                        Casts.zoned(typed.text()) && typed.text().length() > 10
                                ? DataType.timestampTz(precision(typed.text()))
                                : DataType.timestamp(precision(typed.text()));
                };
        return parsed(typed.text(), type, typed);
    }

    /** Microseconds unless more digits are written. */
    private static int precision(String text) {
        int point = text.indexOf('.');
        int digits = 0;
        while (point > 0 && point + digits + 1 < text.length() && Character.isDigit(text.charAt(point + digits + 1))) {
            digits++;
        }
        return digits > 6 ? 9 : 6;
    }

    private static Expression parsed(String text, DataType type, Syntax syntax) throws ExpressionException {
        try {
            return Expression.constant(type, Casts.cast(text, type), syntax);
        } catch (EvaluationException e) {
            throw ExpressionException.type(
                    syntax.position(), "'" + text + "' is no " + type, "for example " + example(type));
        }
    }

    /** A text literal beside a value of another type is a literal of that type, when it can be. */
    static Expression as(Expression expression, DataType type) throws ExpressionException {
        if (!(expression.literal() instanceof Syntax.Text text)) {
            return expression;
        }
        return switch (type.kind()) {
            case DATE, TIME, UUID -> parsed(text.value(), type, text);
            case TIMESTAMP -> parsed(text.value(), DataType.timestamp(precision(text.value())), text);
            case TIMESTAMP_TZ -> {
                if (!Casts.zoned(text.value())) {
                    throw ExpressionException.type(
                            text.position(), "'" + text.value() + "' has no time zone", "for example " + example(type));
                }
                yield parsed(text.value(), DataType.timestampTz(precision(text.value())), text);
            }
            default -> expression;
        };
    }

    private static String example(DataType type) {
        return switch (type.kind()) {
            case DATE -> "'2024-08-01'";
            case TIME -> "'13:45:30'";
            case TIMESTAMP -> "'2024-08-01T13:45:30'";
            case TIMESTAMP_TZ -> "'2024-08-01T13:45:30Z'";
            default -> type.kind() == Kind.UUID ? "'123e4567-e89b-12d3-a456-426614174000'" : "a value";
        };
    }
}
