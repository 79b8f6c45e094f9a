package io.streamforge.operators.expression;

import io.streamforge.record.DataType;

/** What a function's argument may be. */
enum Parameter {
    ANY("a value"),
    TEXT("text"),
    NUMBER("a number"),
    WHOLE("a whole number"),
    MOMENT("a date or timestamp");

    private final String words;

    Parameter(String words) {
        this.words = words;
    }

    private boolean accepts(DataType type) {
        return switch (this) {
            case ANY -> true;
            case TEXT -> type.equals(DataType.STRING);
            case NUMBER -> Types.numeric(type);
            case WHOLE -> Types.whole(type);
            case MOMENT -> moment(type);
        };
    }

    void require(Syntax.Call call, int index, Expression argument) throws ExpressionException {
        if (!argument.isNullLiteral() && !accepts(argument.type())) {
            throw ExpressionException.type(
                    call.arguments().get(index).position(),
                    "argument " + (index + 1) + " of " + call.function() + " is " + words + ", not " + argument.type(),
                    this == TEXT ? "CAST it to STRING" : null);
        }
    }

    void requireComparable(Expression argument, int position) throws ExpressionException {
        if (Types.opaque(argument.type())) {
            throw ExpressionException.type(position, argument.type() + " values cannot be compared", null);
        }
    }

    private static boolean moment(DataType type) {
        return switch (type.kind()) {
            case DATE, TIMESTAMP, TIMESTAMP_TZ -> true;
            default -> false;
        };
    }
}
