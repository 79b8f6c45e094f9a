package io.streamforge.operators;

import io.streamforge.connector.Operator;
import io.streamforge.connector.OperatorProvider;
import io.streamforge.connector.Problem;
import io.streamforge.operators.expression.Expression;
import io.streamforge.record.Column;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code cast: {column: TYPE}}. */
public final class CastProvider implements OperatorProvider {

    private static final String EXAMPLE = "{total: \"DECIMAL(12,2)\", created_at: TIMESTAMP}";

    @Override
    public String name() {
        return "cast";
    }

    @Override
    public String description() {
        return "Changes the types of columns: cast: " + EXAMPLE + ". A row whose value does not fit is rejected.";
    }

    @Override
    public Optional<Operator> compile(Object configuration, RowSchema input, List<Problem> problems) {
        List<Problem> found = new ArrayList<>();
        Map<String, Object> types = Configurations.members(configuration, EXAMPLE, found);
        types.keySet().forEach(name -> Configurations.exists(name, name, input, found));
        List<Projection.Item> items = new ArrayList<>();
        for (Column column : input.columns()) {
            Object type = types.get(column.name());
            if (type == null) {
                items.add(Projection.Item.of(column.name(), Configurations.column(column.name(), input), input));
            } else {
                cast(column, type.toString(), input, found).ifPresent(items::add);
            }
        }
        problems.addAll(found);
        return found.isEmpty() ? Optional.of(new Projection(name(), input, items)) : Optional.empty();
    }

    private static Optional<Projection.Item> cast(Column column, String type, RowSchema input, List<Problem> problems) {
        String name = column.name();
        Optional<Expression> value = Configurations.compiled(() -> Expression.cast(name, type, input), name, problems);
        if (value.isEmpty() || !input.key().contains(name)) {
            return value.map(expression -> Projection.Item.of(name, expression, input));
        }
        Optional<Expression> keyValue =
                Configurations.compiled(() -> Expression.cast(name, type, input.keySchema()), name, problems);
        return value.map(expression -> new Projection.Item(
                new Column(name, expression.type(), expression.nullable()), expression, Optional.of(name), keyValue));
    }
}
