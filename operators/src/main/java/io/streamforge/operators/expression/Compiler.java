package io.streamforge.operators.expression;

import io.streamforge.connector.Suggestions;
import io.streamforge.operators.expression.Expression.Evaluator;
import io.streamforge.operators.expression.Expression.Test;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.DataType.Kind;
import io.streamforge.record.RowSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks syntax against columns and types, and makes something of it that can be evaluated. */
final class Compiler {

    private final RowSchema columns;

    Compiler(RowSchema columns) {
        this.columns = columns;
    }

    Expression compile(Syntax syntax) throws ExpressionException {
        if (syntax instanceof Syntax.Name name) {
            return column(name);
        }
        if (syntax instanceof Syntax.Logic logic) {
            return Logic.of(logic, conditions(logic.operands(), logic.and() ? "AND" : "OR"));
        }
        if (syntax instanceof Syntax.Not not) {
            return Logic.not(condition(not.operand(), "NOT"));
        }
        if (syntax instanceof Syntax.Comparison comparison) {
            return comparison(comparison.operator(), comparison.left(), comparison.right(), comparison.position());
        }
        if (syntax instanceof Syntax.Arithmetic arithmetic) {
            return arithmetic(arithmetic);
        }
        if (syntax instanceof Syntax.Negation negation) {
            return Arithmetic.negate(compile(negation.operand()), negation.position());
        }
        if (syntax instanceof Syntax.Call call) {
            return Functions.compile(call, operands(call.arguments()));
        }
        if (syntax instanceof Syntax.Cast cast) {
            return cast(cast);
        }
        if (syntax instanceof Syntax.Case cases) {
            return cases(cases);
        }
        Expression test = test(syntax);
        return test == null ? Literals.of(syntax) : test;
    }

    private @Nullable Expression test(Syntax syntax) throws ExpressionException {
        if (syntax instanceof Syntax.IsNull is) {
            Evaluator operand = compile(is.operand()).evaluator();
            return Expression.ofTest(false, row -> Comparisons.truth((operand.evaluate(row) == null) != is.negated()));
        }
        if (syntax instanceof Syntax.IsTruth is) {
            Test operand = condition(is.operand(), "IS").test();
            int wanted = Comparisons.truth(is.value());
            return Expression.ofTest(false, row -> Comparisons.truth((operand.test(row) == wanted) != is.negated()));
        }
        if (syntax instanceof Syntax.Distinct distinct) {
            return distinct(distinct);
        }
        if (syntax instanceof Syntax.In in) {
            return in(in);
        }
        if (syntax instanceof Syntax.Between between) {
            Expression low = comparison(">=", between.operand(), between.low(), between.position());
            Expression high = comparison("<=", between.operand(), between.high(), between.position());
            Expression both = Logic.of(true, List.of(low, high));
            return between.negated() ? Logic.not(both) : both;
        }
        return syntax instanceof Syntax.Like like ? like(like) : null;
    }

    private Expression column(Syntax.Name name) throws ExpressionException {
        int index = columns.indexOf(name.name());
        if (index < 0 && !name.quoted()) {
            index = ignoringCase(name);
        }
        if (index < 0) {
            List<String> names = columns.columns().stream().map(Column::name).toList();
            throw new ExpressionException(
                    "EXPRESSION-COLUMN",
                    name.position(),
                    "there is no column '" + name.name() + "'",
                    Suggestions.sentence(name.name(), names));
        }
        Column column = columns.column(index);
        return Expression.ofColumn(
                column.type(), column.nullable(), Columns.reader(column.type(), column.nullable(), index), index);
    }

    /** An unquoted name may differ in case, as in SQL, when only one column is meant. */
    private int ignoringCase(Syntax.Name name) throws ExpressionException {
        int found = -1;
        for (int i = 0; i < columns.size(); i++) {
            if (columns.column(i).name().equalsIgnoreCase(name.name())) {
                if (found >= 0) {
                    throw new ExpressionException(
                            "EXPRESSION-COLUMN",
                            name.position(),
                            "'" + name.name() + "' may be '"
                                    + columns.column(found).name() + "' or '"
                                    + columns.column(i).name() + "'",
                            "quote the name: \"" + columns.column(i).name() + "\"");
                }
                found = i;
            }
        }
        return found;
    }

    private List<Expression> operands(List<Syntax> syntaxes) throws ExpressionException {
        List<Expression> compiled = new ArrayList<>();
        for (Syntax syntax : syntaxes) {
            compiled.add(compile(syntax));
        }
        return compiled;
    }

    private List<Expression> conditions(List<Syntax> syntaxes, String where) throws ExpressionException {
        List<Expression> compiled = new ArrayList<>();
        for (Syntax syntax : syntaxes) {
            compiled.add(condition(syntax, where));
        }
        return compiled;
    }

    private Expression condition(Syntax syntax, String where) throws ExpressionException {
        Expression compiled = compile(syntax);
        if (compiled.isNullLiteral()) {
            return Expression.ofTest(true, row -> Test.UNKNOWN);
        }
        if (compiled.kind() != Kind.BOOLEAN) {
            throw ExpressionException.type(
                    syntax.position(),
                    where + " takes a condition, not " + compiled.type(),
                    "compare it with something");
        }
        return compiled;
    }

    private Expression comparison(String operator, Syntax left, Syntax right, int position) throws ExpressionException {
        Expression a = compile(left);
        Expression b = compile(right);
        Unified both = unify(a, b, position, "compare");
        boolean order = !operator.equals("=") && !operator.equals("<>") && !operator.equals("!=");
        if (order && both.a().kind() == Kind.BOOLEAN) {
            throw ExpressionException.type(position, "booleans have no order", "use =, or the condition itself");
        }
        return Expression.ofTest(
                a.nullable() || b.nullable(), Comparisons.test(both.a(), both.b(), Comparisons.outcome(operator)));
    }

    private record Unified(Expression a, Expression b) {}

    /** Both sides comparable: a text literal beside a date is a date. */
    private static Unified unify(Expression a, Expression b, int position, String verb) throws ExpressionException {
        Expression left = Literals.as(a, b.type());
        Expression right = Literals.as(b, a.type());
        boolean nulls = a.isNullLiteral() || b.isNullLiteral();
        if (!nulls && Types.common(left.type(), right.type()).isEmpty()) {
            throw ExpressionException.type(
                    position, "cannot " + verb + " " + left.type() + " with " + right.type(), "CAST one of them");
        }
        if (!nulls && Types.opaque(left.type())) {
            throw ExpressionException.type(position, left.type() + " values cannot be compared", "CAST them to STRING");
        }
        return new Unified(left, right);
    }

    private Expression distinct(Syntax.Distinct distinct) throws ExpressionException {
        Unified both = unify(compile(distinct.left()), compile(distinct.right()), distinct.position(), "compare");
        Evaluator a = both.a().evaluator();
        Evaluator b = both.b().evaluator();
        return Expression.ofTest(false, row -> {
            Object x = a.evaluate(row);
            Object y = b.evaluate(row);
            boolean same = (x == null || y == null) ? x == y : Comparisons.compare(x, y) == 0;
            return Comparisons.truth(same == distinct.negated());
        });
    }

    private Expression in(Syntax.In in) throws ExpressionException {
        List<Expression> equal = new ArrayList<>();
        for (Syntax candidate : in.candidates()) {
            equal.add(comparison("=", in.operand(), candidate, candidate.position()));
        }
        Expression any = equal.size() == 1 ? equal.get(0) : Logic.of(false, equal);
        return in.negated() ? Logic.not(any) : any;
    }

    private Expression like(Syntax.Like like) throws ExpressionException {
        Expression operand = text(like.operand(), "LIKE");
        Expression pattern = text(like.pattern(), "LIKE");
        int escape = escape(like.escape());
        Evaluator value = operand.evaluator();
        Evaluator patterns = pattern.evaluator();
        LikePattern constant = pattern.literal() instanceof Syntax.Text text
                ? LikePattern.of(text.value(), escape, like.ignoreCase())
                : null;
        return Expression.ofTest(operand.nullable() || pattern.nullable(), row -> {
            Object text = value.evaluate(row);
            Object by = constant == null ? patterns.evaluate(row) : constant;
            if (text == null || by == null) {
                return Test.UNKNOWN;
            }
            LikePattern matcher = by instanceof LikePattern compiled
                    ? compiled
                    : LikePattern.of((String) by, escape, like.ignoreCase());
            return Comparisons.truth(matcher.matches((String) text) != like.negated());
        });
    }

    private static int escape(@Nullable Syntax escape) throws ExpressionException {
        if (escape == null) {
            return -1;
        }
        if (escape instanceof Syntax.Text text
                && text.value().codePointCount(0, text.value().length()) == 1) {
            return text.value().codePointAt(0);
        }
        throw ExpressionException.type(escape.position(), "ESCAPE takes a text of one character", null);
    }

    private Expression text(Syntax syntax, String where) throws ExpressionException {
        Expression compiled = compile(syntax);
        if (compiled.kind() != Kind.STRING) {
            throw ExpressionException.type(
                    syntax.position(), where + " takes text, not " + compiled.type(), "CAST it to STRING");
        }
        return compiled;
    }

    private Expression arithmetic(Syntax.Arithmetic arithmetic) throws ExpressionException {
        Expression left = compile(arithmetic.left());
        Expression right = compile(arithmetic.right());
        return arithmetic.operator().equals("||")
                ? Texts.join(left, right, arithmetic.position())
                : Arithmetic.of(arithmetic.operator(), left, right, arithmetic.position());
    }

    private Expression cast(Syntax.Cast cast) throws ExpressionException {
        DataType type;
        try {
            type = SqlTypes.parse(cast.type());
        } catch (IllegalArgumentException e) {
            throw ExpressionException.type(
                    cast.position(), String.valueOf(e.getMessage()), "for example DECIMAL(12,2)");
        }
        Expression operand = compile(cast.operand());
        if (operand.isNullLiteral()) {
            return Expression.of(type, true, row -> null);
        }
        return cast(operand, type, cast.lenient(), cast.position());
    }

    static Expression cast(Expression operand, DataType type, boolean lenient, int position)
            throws ExpressionException {
        if (operand.type().equals(type)) {
            return operand;
        }
        if (!Casts.possible(operand.type(), type)) {
            throw ExpressionException.type(position, operand.type() + " cannot be cast to " + type, null);
        }
        Evaluator value = operand.evaluator();
        return Expression.of(type, operand.nullable() || lenient, row -> {
            Object x = value.evaluate(row);
            if (x == null) {
                return null;
            }
            try {
                return Casts.cast(x, type);
            } catch (EvaluationException e) {
                if (lenient) {
                    return null;
                }
                throw e;
            }
        });
    }

    private Expression cases(Syntax.Case cases) throws ExpressionException {
        List<Expression> conditions = new ArrayList<>();
        List<Expression> results = new ArrayList<>();
        for (Syntax.When when : cases.whens()) {
            conditions.add(condition(when.condition(), "WHEN"));
            results.add(compile(when.result()));
        }
        Syntax otherwise = cases.otherwise();
        results.add(otherwise == null ? Literals.of(new Syntax.Null(cases.position())) : compile(otherwise));
        return choose(conditions, results, cases.position());
    }

    /** The result of the first condition that is true; one result more than conditions. */
    static Expression choose(List<Expression> conditions, List<Expression> results, int position)
            throws ExpressionException {
        List<Expression> same = sameType(results, position);
        Test[] tests = conditions.stream().map(Expression::test).toArray(Test[]::new);
        Evaluator[] values = same.stream().map(Expression::evaluator).toArray(Evaluator[]::new);
        boolean nullable = same.stream().anyMatch(Expression::nullable);
        return Expression.of(same.get(0).type(), nullable, row -> {
            for (int i = 0; i < tests.length; i++) {
                if (tests[i].test(row) == Test.TRUE) {
                    return values[i].evaluate(row);
                }
            }
            return values[tests.length].evaluate(row);
        });
    }

    /** The expressions brought to the type that holds all their values. */
    static List<Expression> sameType(List<Expression> expressions, int position) throws ExpressionException {
        List<Expression> typed = expressions.stream()
                .filter(expression -> !expression.isNullLiteral())
                .toList();
        if (typed.isEmpty()) {
            throw ExpressionException.type(position, "all values are NULL", "say the type: CAST(NULL AS STRING)");
        }
        DataType model = typed.stream()
                .filter(expression -> !(expression.literal() instanceof Syntax.Text))
                .findFirst()
                .orElse(typed.get(0))
                .type();
        List<Expression> adapted = new ArrayList<>();
        DataType common = null;
        for (Expression expression : expressions) {
            Expression as = Literals.as(expression, model);
            adapted.add(as);
            if (!expression.isNullLiteral()) {
                common = common == null ? as.type() : common(common, as.type(), position);
            }
        }
        DataType result = java.util.Objects.requireNonNull(common);
        List<Expression> brought = new ArrayList<>();
        for (Expression expression : adapted) {
            brought.add(
                    expression.isNullLiteral() ? Expression.of(result, true, row -> null) : bring(expression, result));
        }
        return brought;
    }

    private static DataType common(DataType a, DataType b, int position) throws ExpressionException {
        Optional<DataType> common = Types.common(a, b);
        if (common.isEmpty()) {
            throw ExpressionException.type(
                    position, "values of " + a + " and " + b + " do not mix", "CAST one of them");
        }
        return common.get();
    }

    /** Exact by construction: the target was chosen to hold the value. */
    private static Expression bring(Expression expression, DataType type) {
        if (expression.type().equals(type)) {
            return expression;
        }
        Evaluator value = expression.evaluator();
        return Expression.of(type, expression.nullable(), row -> {
            Object x = value.evaluate(row);
            return x == null ? null : widen(x, type);
        });
    }

    private static Object widen(Object x, DataType type) {
        if (type.kind() == Kind.DECIMAL) {
            BigDecimal decimal = Comparisons.decimal((Number) x);
            return decimal.scale() == type.scale() ? decimal : decimal.setScale(type.scale());
        }
        return Types.floating(type) ? (Object) ((Number) x).doubleValue() : x instanceof Long ? x : Casts.cast(x, type);
    }
}
