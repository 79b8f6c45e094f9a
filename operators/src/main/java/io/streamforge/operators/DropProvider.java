package io.streamforge.operators;

import io.streamforge.connector.Operator;
import io.streamforge.connector.OperatorProvider;
import io.streamforge.connector.Problem;
import io.streamforge.record.Column;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code drop: [columns]}. */
public final class DropProvider implements OperatorProvider {

    @Override
    public String name() {
        return "drop";
    }

    @Override
    public String description() {
        return "Removes the columns named: drop: [password, internal_note].";
    }

    @Override
    public Optional<Operator> compile(Object configuration, RowSchema input, List<Problem> problems) {
        List<Problem> found = new ArrayList<>();
        List<String> dropped = Configurations.columns(configuration, input, found);
        List<String> kept = input.columns().stream()
                .map(Column::name)
                .filter(name -> !dropped.contains(name))
                .toList();
        if (kept.isEmpty()) {
            found.add(new Problem("OPERATOR-COLUMN", "", "no column is left", "keep at least one"));
        }
        problems.addAll(found);
        return found.isEmpty() ? Optional.of(SelectProvider.projection(name(), kept, input)) : Optional.empty();
    }
}
