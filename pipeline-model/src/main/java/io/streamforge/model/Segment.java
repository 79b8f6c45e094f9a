package io.streamforge.model;

import io.streamforge.connector.StageProvider;
import io.streamforge.model.WorkflowSpec.Operation;
import io.streamforge.record.RowSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vertex that writes a topic, with what is chained behind it.
 *
 * @param stage null for the source
 * @param operators that its rows pass before they are written
 * @param rows in its topic, with the key of their records; several when tables share it
 */
record Segment(@Nullable Step stage, List<Operation> operators, List<RowSchema> rows) {

    Segment {
        operators = List.copyOf(operators);
        rows = List.copyOf(rows);
    }

    /**
     * A stage at its place in the workflow.
     *
     * @param name of its vertex: {@code graph}, and {@code graph2} for the second one of its kind
     */
    record Step(String name, Operation operation, StageProvider provider, boolean onePartition) {}

    String name() {
        return stage == null ? Planner.SOURCE : stage.name();
    }
}
