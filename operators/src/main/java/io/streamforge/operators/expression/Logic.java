package io.streamforge.operators.expression;

import io.streamforge.operators.expression.Expression.Test;
import java.util.List;

/** Kleene's logic: what is unknown decides nothing that another operand decides. */
final class Logic {

    private Logic() {}

    static Expression of(Syntax.Logic syntax, List<Expression> operands) {
        return of(syntax.and(), operands);
    }

    static Expression of(boolean and, List<Expression> operands) {
        Test[] tests = operands.stream().map(Expression::test).toArray(Test[]::new);
        int decisive = and ? Test.FALSE : Test.TRUE;
        int otherwise = and ? Test.TRUE : Test.FALSE;
        return Expression.ofTest(operands.stream().anyMatch(Expression::nullable), row -> {
            int result = otherwise;
            for (Test test : tests) {
                int truth = test.test(row);
                if (truth == decisive) {
                    return decisive;
                }
                if (truth == Test.UNKNOWN) {
                    result = Test.UNKNOWN;
                }
            }
            return result;
        });
    }

    static Expression not(Expression operand) {
        Test test = operand.test();
        return Expression.ofTest(operand.nullable(), row -> {
            int truth = test.test(row);
            return truth == Test.UNKNOWN ? Test.UNKNOWN : Test.TRUE - truth;
        });
    }
}
