package io.streamforge.operators.expression;

import io.streamforge.operators.expression.Expression.Evaluator;
import io.streamforge.record.DataType;
import io.streamforge.record.DataType.Kind;
import java.util.List;

/** Joining texts. */
final class Texts {

    private Texts() {}

    /** {@code ||}: null when either side is. */
    static Expression join(Expression left, Expression right, int position) throws ExpressionException {
        requireTextual(List.of(left, right), position);
        Evaluator a = left.evaluator();
        Evaluator b = right.evaluator();
        return Expression.of(DataType.STRING, left.nullable() || right.nullable(), row -> {
            Object x = a.evaluate(row);
            Object y = b.evaluate(row);
            return x == null || y == null ? null : Casts.text(x) + Casts.text(y);
        });
    }

    /** {@code CONCAT}: null counts as the empty text. */
    static Expression concat(List<Expression> parts, int position) throws ExpressionException {
        requireTextual(parts, position);
        Evaluator[] values = parts.stream().map(Expression::evaluator).toArray(Evaluator[]::new);
        return Expression.of(DataType.STRING, false, row -> {
            StringBuilder text = new StringBuilder();
            for (Evaluator value : values) {
                Object x = value.evaluate(row);
                if (x != null) {
                    text.append(Casts.text(x));
                }
            }
            return text.toString();
        });
    }

    private static void requireTextual(List<Expression> parts, int position) throws ExpressionException {
        for (Expression part : parts) {
            if (part.kind() == Kind.BYTES || part.kind() == Kind.ARRAY || part.kind() == Kind.MAP) {
                throw ExpressionException.type(position, part.type() + " is not text", null);
            }
        }
    }
}
