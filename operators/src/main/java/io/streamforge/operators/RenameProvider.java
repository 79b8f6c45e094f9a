package io.streamforge.operators;

import io.streamforge.connector.Operator;
import io.streamforge.connector.OperatorProvider;
import io.streamforge.connector.Problem;
import io.streamforge.record.Column;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code rename: {old: new}}. */
public final class RenameProvider implements OperatorProvider {

    private static final String EXAMPLE = "{customer_nr: customer_id}";

    @Override
    public String name() {
        return "rename";
    }

    @Override
    public String description() {
        return "Gives columns other names, old to new: rename: " + EXAMPLE + ".";
    }

    @Override
    public Optional<Operator> compile(Object configuration, RowSchema input, List<Problem> problems) {
        List<Problem> found = new ArrayList<>();
        Map<String, Object> names = Configurations.members(configuration, EXAMPLE, found);
        names.keySet().forEach(old -> Configurations.exists(old, old, input, found));
        List<Projection.Item> items = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Column column : input.columns()) {
            String renamed = String.valueOf(names.getOrDefault(column.name(), column.name()));
            if (renamed.isEmpty() || !taken.add(renamed)) {
                found.add(new Problem(
                        "OPERATOR-COLUMN",
                        column.name(),
                        "'" + renamed + "' is " + (renamed.isEmpty() ? "no name" : "the name of two columns"),
                        "choose another name"));
            } else {
                items.add(Projection.Item.of(renamed, Configurations.column(column.name(), input), input));
            }
        }
        problems.addAll(found);
        return found.isEmpty() ? Optional.of(new Projection(name(), input, items)) : Optional.empty();
    }
}
