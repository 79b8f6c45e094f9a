package io.streamforge.operators.expression;

import io.streamforge.record.DataType;
import io.streamforge.record.DataType.Kind;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import org.jspecify.annotations.Nullable;

/** A compiled, typed expression. Pure and stateless; may be used by many threads, each with its own cursor. */
public final class Expression {

    /** Gives the value of a row, null for null. */
    interface Evaluator {
        @Nullable Object evaluate(RowCursor row);
    }

    /** Three-valued logic without objects. */
    interface Test {
        int FALSE = 0;
        int TRUE = 1;
        int UNKNOWN = 2;

        int test(RowCursor row);
    }

    private final DataType type;
    private final boolean nullable;
    private final Evaluator evaluator;
    private final Test test;
    private final int column;
    private final @Nullable Syntax literal;

    private Expression(
            DataType type,
            boolean nullable,
            Evaluator evaluator,
            @Nullable Test test,
            int column,
            @Nullable Syntax literal) {
        this.type = type;
        this.nullable = nullable;
        this.evaluator = evaluator;
        this.test = test == null ? row -> truth(evaluator.evaluate(row)) : test;
        this.column = column;
        this.literal = literal;
    }

    /**
     * Compiles an expression against the columns of a row schema.
     *
     * @throws ExpressionException naming the first mistake and its place
     */
    public static Expression compile(String text, RowSchema columns) throws ExpressionException {
        return new Compiler(columns).compile(Parser.parse(text));
    }

    /** A column, by its exact name. */
    public static Expression column(String name, RowSchema columns) throws ExpressionException {
        return new Compiler(columns).compile(new Syntax.Name(name, true, 0));
    }

    /** A column, by its exact name, cast to a type as written in SQL. */
    public static Expression cast(String column, String type, RowSchema columns) throws ExpressionException {
        return new Compiler(columns).compile(new Syntax.Cast(new Syntax.Name(column, true, 0), type, false, 0));
    }

    static Expression of(DataType type, boolean nullable, Evaluator evaluator) {
        return new Expression(type, nullable, evaluator, null, -1, null);
    }

    static Expression ofTest(boolean nullable, Test test) {
        return new Expression(DataType.BOOLEAN, nullable, row -> value(test.test(row)), test, -1, null);
    }

    static Expression ofColumn(DataType type, boolean nullable, Evaluator evaluator, int column) {
        return new Expression(type, nullable, evaluator, null, column, null);
    }

    static Expression constant(DataType type, @Nullable Object value, Syntax literal) {
        return new Expression(type, value == null, row -> value, null, -1, literal);
    }

    public DataType type() {
        return type;
    }

    public boolean nullable() {
        return nullable;
    }

    /** Index of the column when the expression is nothing but a column, otherwise -1. */
    public int column() {
        return column;
    }

    /** The syntax when the expression is a literal. */
    @Nullable Syntax literal() {
        return literal;
    }

    boolean isNullLiteral() {
        return literal instanceof Syntax.Null;
    }

    Kind kind() {
        return type.kind();
    }

    Evaluator evaluator() {
        return evaluator;
    }

    Test test() {
        return test;
    }

    /**
     * The value for a row in a form that {@link io.streamforge.record.RowWriter#writeValue} takes for {@link #type}.
     *
     * @throws EvaluationException when there is none
     */
    public @Nullable Object evaluate(RowCursor row) {
        return evaluator.evaluate(row);
    }

    /**
     * Whether a BOOLEAN expression is true, rather than false or unknown.
     *
     * @throws EvaluationException when it has no value
     */
    public boolean isTrue(RowCursor row) {
        return test.test(row) == Test.TRUE;
    }

    static int truth(@Nullable Object value) {
        return value == null ? Test.UNKNOWN : Boolean.TRUE.equals(value) ? Test.TRUE : Test.FALSE;
    }

    private static @Nullable Boolean value(int truth) {
        return truth == Test.UNKNOWN ? null : Boolean.valueOf(truth == Test.TRUE);
    }
}
