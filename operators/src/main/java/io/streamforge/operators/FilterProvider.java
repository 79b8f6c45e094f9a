package io.streamforge.operators;

import io.streamforge.connector.Operator;
import io.streamforge.connector.OperatorProvider;
import io.streamforge.connector.Problem;
import io.streamforge.operators.expression.Expression;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Optional;

/** {@code filter: "<condition>"}. */
public final class FilterProvider implements OperatorProvider {

    @Override
    public String name() {
        return "filter";
    }

    @Override
    public String description() {
        return "Keeps the rows for which a SQL condition is true: filter: \"age > 18 AND status = 'active'\". Rows for which"
                + " it is false or unknown are counted as filtered.";
    }

    @Override
    public Optional<Operator> compile(Object configuration, RowSchema input, List<Problem> problems) {
        Optional<Expression> condition = Configurations.expression(configuration, "", input, problems);
        if (condition.isPresent() && !condition.get().type().equals(DataType.BOOLEAN)) {
            problems.add(new Problem(
                    "EXPRESSION-TYPE",
                    "",
                    "a filter is a condition, not " + condition.get().type(),
                    "compare it with something"));
            return Optional.empty();
        }
        return condition.map(test -> new Filter(input, test));
    }
}
