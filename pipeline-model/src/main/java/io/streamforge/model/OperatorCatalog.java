package io.streamforge.model;

import io.streamforge.connector.Catalog;
import io.streamforge.connector.OperatorProvider;
import io.streamforge.connector.StageProvider;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What may stand in a workflow's list of operators, by name.
 *
 * @param chained those that work inside the vertex before them
 * @param stages those that are vertices of their own
 */
public record OperatorCatalog(Map<String, OperatorProvider> chained, Map<String, StageProvider> stages) {

    public static final OperatorCatalog NONE = new OperatorCatalog(Map.of(), Map.of());

    public OperatorCatalog {
        chained = Map.copyOf(chained);
        stages = Map.copyOf(stages);
    }

    /** Those on the class path. */
    public static OperatorCatalog of(Catalog catalog) {
        return new OperatorCatalog(catalog.operators(), catalog.stages());
    }

    /** All names, in order. */
    public List<String> names() {
        return Stream.concat(chained.keySet().stream(), stages.keySet().stream())
                .sorted()
                .toList();
    }

    /** How many of a workflow's operators are vertices of their own. */
    public int stages(WorkflowSpec spec) {
        return (int) spec.operators().stream()
                .filter(operation -> stages.containsKey(operation.name()))
                .count();
    }
}
