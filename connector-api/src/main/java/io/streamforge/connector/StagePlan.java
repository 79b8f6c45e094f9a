package io.streamforge.connector;

import io.streamforge.record.RowSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A compiled stage.
 *
 * @param output of the tables it gives, at least one, with unique names; several of them share a topic
 * @param onePartition whether a stage has to see all rows; otherwise there is one for each partition of the input, which sees
 *     all rows of the keys in it
 * @param stages makes a stage that has seen nothing
 */
public record StagePlan(List<RowSchema> output, boolean onePartition, Supplier<Stage> stages) {

    public StagePlan {
        output = List.copyOf(output);
        if (output.isEmpty()) {
            throw new IllegalArgumentException("a stage gives rows of at least one table");
        }
        Set<String> names = new HashSet<>();
        for (RowSchema table : output) {
            if (!names.add(table.name())) {
                throw new IllegalArgumentException("a stage gives rows of two tables '" + table.name() + "'");
            }
        }
    }

    /** A stage that has seen nothing. */
    public Stage open() {
        return stages.get();
    }
}
