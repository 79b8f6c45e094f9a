package io.streamforge.operators;

import io.streamforge.connector.Operator;
import io.streamforge.connector.OperatorProvider;
import io.streamforge.connector.Problem;
import io.streamforge.operators.expression.Expression;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code map: {name: "<expression>", …}}. */
public final class MapProvider implements OperatorProvider {

    private static final String EXAMPLE = "{id: id, full_name: \"CONCAT(first_name, ' ', last_name)\"}";

    @Override
    public String name() {
        return "map";
    }

    @Override
    public String description() {
        return "Makes rows of exactly the columns named, in that order, each from a SQL expression: map: " + EXAMPLE
                + ".";
    }

    @Override
    public Optional<Operator> compile(Object configuration, RowSchema input, List<Problem> problems) {
        List<Problem> found = new ArrayList<>();
        List<Projection.Item> items = new ArrayList<>();
        for (Map.Entry<String, Object> member :
                Configurations.members(configuration, EXAMPLE, found).entrySet()) {
            Optional<Expression> value = Configurations.expression(member.getValue(), member.getKey(), input, found);
            if (member.getKey().isEmpty()) {
                found.add(new Problem(
                        "OPERATOR-CONFIGURATION", "", "a column's name is empty", "for example " + EXAMPLE));
            } else {
                value.ifPresent(expression -> items.add(Projection.Item.of(member.getKey(), expression, input)));
            }
        }
        problems.addAll(found);
        return found.isEmpty() ? Optional.of(new Projection(name(), input, items)) : Optional.empty();
    }
}
