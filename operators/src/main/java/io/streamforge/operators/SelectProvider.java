package io.streamforge.operators;

import io.streamforge.connector.Operator;
import io.streamforge.connector.OperatorProvider;
import io.streamforge.connector.Problem;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code select: [columns]}. */
public final class SelectProvider implements OperatorProvider {

    @Override
    public String name() {
        return "select";
    }

    @Override
    public String description() {
        return "Keeps the columns named, in that order: select: [id, name].";
    }

    @Override
    public Optional<Operator> compile(Object configuration, RowSchema input, List<Problem> problems) {
        List<Problem> found = new ArrayList<>();
        List<String> names = Configurations.columns(configuration, input, found);
        problems.addAll(found);
        return found.isEmpty() ? Optional.of(projection(name(), names, input)) : Optional.empty();
    }

    static Projection projection(String operator, List<String> names, RowSchema input) {
        return new Projection(
                operator,
                input,
                names.stream()
                        .map(name -> Projection.Item.of(name, Configurations.column(name, input), input))
                        .toList());
    }
}
