package io.streamforge.operators.expression;

import static io.streamforge.operators.expression.Parameter.ANY;
import static io.streamforge.operators.expression.Parameter.MOMENT;
import static io.streamforge.operators.expression.Parameter.NUMBER;
import static io.streamforge.operators.expression.Parameter.TEXT;
import static io.streamforge.operators.expression.Parameter.WHOLE;

import io.streamforge.connector.Suggestions;
import io.streamforge.operators.expression.Expression.Evaluator;
import io.streamforge.record.DataType;
import io.streamforge.record.DataType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The functions an expression may call: this list, and nothing else. */
public final class Functions {

    /** A function of values none of which is null. */
    interface Body {
        @Nullable Object apply(Object[] arguments);
    }

    /** A function that decides for itself what its arguments may be. */
    interface Special {
        Expression compile(List<Expression> arguments, int position) throws ExpressionException;
    }

    /**
     * @param required number of parameters that must be given
     * @param type of the result, given the types of the arguments
     */
    private record Simple(
            List<Parameter> parameters,
            int required,
            java.util.function.Function<List<Expression>, DataType> type,
            Body body) {}

    private static final Map<String, Simple> SIMPLE = new TreeMap<>();
    private static final Map<String, Special> SPECIAL = new TreeMap<>();

    private Functions() {}

    static {
        text("LOWER", arguments -> ((String) arguments[0]).toLowerCase(Locale.ROOT), TEXT);
        text("UPPER", arguments -> ((String) arguments[0]).toUpperCase(Locale.ROOT), TEXT);
        text("TRIM", arguments -> ((String) arguments[0]).strip(), TEXT);
        text("LTRIM", arguments -> ((String) arguments[0]).stripLeading(), TEXT);
        text("RTRIM", arguments -> ((String) arguments[0]).stripTrailing(), TEXT);
        text("REPLACE", TextFunctions::replace, TEXT, TEXT, TEXT);
        text("LEFT", arguments -> TextFunctions.left((String) arguments[0], (Long) arguments[1]), TEXT, WHOLE);
        text("RIGHT", arguments -> TextFunctions.right((String) arguments[0], (Long) arguments[1]), TEXT, WHOLE);
        text("SPLIT_PART", TextFunctions::splitPart, TEXT, TEXT, WHOLE);
        text("SHA256", arguments -> TextFunctions.sha256((String) arguments[0]), TEXT);
        simple("SUBSTRING", List.of(TEXT, WHOLE, WHOLE), 2, given -> DataType.STRING, TextFunctions::substring);
        whole("LENGTH", arguments -> TextFunctions.length((String) arguments[0]), TEXT);
        test("STARTS_WITH", arguments -> ((String) arguments[0]).startsWith((String) arguments[1]), TEXT, TEXT);
        test("ENDS_WITH", arguments -> ((String) arguments[0]).endsWith((String) arguments[1]), TEXT, TEXT);
        test("CONTAINS", arguments -> ((String) arguments[0]).contains((String) arguments[1]), TEXT, TEXT);

        simple("ABS", List.of(NUMBER), 1, NumberFunctions::signedType, NumberFunctions::abs);
        simple("ROUND", List.of(NUMBER, WHOLE), 1, NumberFunctions::roundedType, NumberFunctions::round);
        simple("FLOOR", List.of(NUMBER), 1, NumberFunctions::integralType, NumberFunctions::floor);
        simple("CEIL", List.of(NUMBER), 1, NumberFunctions::integralType, NumberFunctions::ceil);
        whole("SIGN", NumberFunctions::sign, NUMBER);
        simple("SQRT", List.of(NUMBER), 1, given -> DataType.FLOAT64, NumberFunctions::sqrt);
        simple("POWER", List.of(NUMBER, NUMBER), 2, given -> DataType.FLOAT64, NumberFunctions::power);

        for (String field : List.of("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND")) {
            whole(field, arguments -> TimeFunctions.field(field, arguments[0]), MOMENT);
        }
        simple(
                "DATE_TRUNC",
                List.of(TEXT, MOMENT),
                2,
                given -> given.get(1).type(),
                arguments -> TimeFunctions.truncate((String) arguments[0], arguments[1]));
        simple(
                "FROM_EPOCH_MILLIS",
                List.of(WHOLE),
                1,
                given -> DataType.timestampTz(3),
                arguments -> TimeFunctions.ofEpochMilli((Long) arguments[0]));
        whole("EPOCH_MILLIS", arguments -> TimeFunctions.toEpochMilli(arguments[0]), MOMENT);

        SPECIAL.put("CONCAT", Texts::concat);
        SPECIAL.put("COALESCE", Functions::coalesce);
        SPECIAL.put("IFNULL", Functions::coalesce);
        SPECIAL.put("NULLIF", Functions::nullIf);
        SPECIAL.put("IF", Functions::choice);
        SPECIAL.put("GREATEST", (arguments, position) -> extreme(arguments, 1, position));
        SPECIAL.put("LEAST", (arguments, position) -> extreme(arguments, -1, position));
        SPECIAL.put("MOD", Functions::modulo);
        SIMPLE.put("CEILING", SIMPLE.get("CEIL"));
        SIMPLE.put("SUBSTR", SIMPLE.get("SUBSTRING"));
    }

    /** Names of all functions, for documentation. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(SIMPLE.keySet());
        names.addAll(SPECIAL.keySet());
        names.sort(null);
        return names;
    }

    static Expression compile(Syntax.Call call, List<Expression> arguments) throws ExpressionException {
        Special special = SPECIAL.get(call.function());
        if (special != null) {
            if (arguments.isEmpty()) {
                throw count(call, "at least one argument");
            }
            return special.compile(arguments, call.position());
        }
        Simple simple = SIMPLE.get(call.function());
        if (simple == null) {
            throw new ExpressionException(
                    "EXPRESSION-FUNCTION",
                    call.position(),
                    "there is no function " + call.function(),
                    Suggestions.sentence(call.function(), names()));
        }
        if (arguments.size() < simple.required()
                || arguments.size() > simple.parameters().size()) {
            int most = simple.parameters().size();
            throw count(
                    call,
                    simple.required() == most
                            ? most + " argument(s)"
                            : simple.required() + " to " + most + " arguments");
        }
        for (int i = 0; i < arguments.size(); i++) {
            simple.parameters().get(i).require(call, i, arguments.get(i));
        }
        return call(simple, arguments);
    }

    private static ExpressionException count(Syntax.Call call, String expected) {
        return ExpressionException.type(
                call.position(),
                call.function() + " takes " + expected + ", got "
                        + call.arguments().size(),
                null);
    }

    private static Expression call(Simple function, List<Expression> arguments) {
        Evaluator[] values = arguments.stream().map(Expression::evaluator).toArray(Evaluator[]::new);
        boolean nullable = arguments.stream().anyMatch(Expression::nullable);
        Body body = function.body();
        return Expression.of(function.type().apply(arguments), nullable, row -> {
            Object[] given = new Object[values.length];
            for (int i = 0; i < values.length; i++) {
                Object value = values[i].evaluate(row);
                if (value == null) {
                    return null;
                }
                given[i] = value;
            }
            return body.apply(given);
        });
    }

    private static void text(String name, Body body, Parameter... parameters) {
        simple(name, List.of(parameters), parameters.length, given -> DataType.STRING, body);
    }

    private static void whole(String name, Body body, Parameter... parameters) {
        simple(name, List.of(parameters), parameters.length, given -> DataType.INT64, body);
    }

    private static void test(String name, Body body, Parameter... parameters) {
        simple(name, List.of(parameters), parameters.length, given -> DataType.BOOLEAN, body);
    }

    private static void simple(
            String name,
            List<Parameter> parameters,
            int required,
            java.util.function.Function<List<Expression>, DataType> type,
            Body body) {
        SIMPLE.put(name, new Simple(parameters, required, type, body));
    }

    private static Expression coalesce(List<Expression> arguments, int position) throws ExpressionException {
        List<Expression> same = Compiler.sameType(arguments, position);
        Evaluator[] values = same.stream().map(Expression::evaluator).toArray(Evaluator[]::new);
        boolean nullable = same.stream().allMatch(Expression::nullable);
        return Expression.of(same.get(0).type(), nullable, row -> {
            for (Evaluator value : values) {
                Object x = value.evaluate(row);
                if (x != null) {
                    return x;
                }
            }
            return null;
        });
    }

    private static Expression nullIf(List<Expression> arguments, int position) throws ExpressionException {
        requireCount("NULLIF", arguments, 2, position);
        List<Expression> same = Compiler.sameType(arguments, position);
        ANY.requireComparable(same.get(0), position);
        Evaluator value = arguments.get(0).evaluator();
        Evaluator other = same.get(1).evaluator();
        return Expression.of(arguments.get(0).type(), true, row -> {
            Object x = value.evaluate(row);
            Object y = other.evaluate(row);
            return x != null && y != null && Comparisons.compare(x, y) == 0 ? null : x;
        });
    }

    private static Expression choice(List<Expression> arguments, int position) throws ExpressionException {
        requireCount("IF", arguments, 3, position);
        if (arguments.get(0).kind() != Kind.BOOLEAN) {
            throw ExpressionException.type(
                    position,
                    "IF takes a condition first, not " + arguments.get(0).type(),
                    null);
        }
        return Compiler.choose(arguments.subList(0, 1), arguments.subList(1, 3), position);
    }

    /** The largest or smallest of the arguments that are not null. */
    private static Expression extreme(List<Expression> arguments, int sign, int position) throws ExpressionException {
        List<Expression> same = Compiler.sameType(arguments, position);
        ANY.requireComparable(same.get(0), position);
        Evaluator[] values = same.stream().map(Expression::evaluator).toArray(Evaluator[]::new);
        boolean nullable = same.stream().allMatch(Expression::nullable);
        return Expression.of(same.get(0).type(), nullable, row -> {
            Object best = null;
            for (Evaluator value : values) {
                Object x = value.evaluate(row);
                if (x != null && (best == null || Comparisons.compare(x, best) * sign > 0)) {
                    best = x;
                }
            }
            return best;
        });
    }

    private static Expression modulo(List<Expression> arguments, int position) throws ExpressionException {
        requireCount("MOD", arguments, 2, position);
        return Arithmetic.of("%", arguments.get(0), arguments.get(1), position);
    }

    private static void requireCount(String function, List<Expression> arguments, int count, int position)
            throws ExpressionException {
        if (arguments.size() != count) {
            throw ExpressionException.type(
                    position, function + " takes " + count + " arguments, got " + arguments.size(), null);
        }
    }
}
