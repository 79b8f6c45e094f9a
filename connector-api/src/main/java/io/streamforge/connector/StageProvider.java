package io.streamforge.connector;

import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Optional;

/**
 * A kind of operator that keeps state over rows and therefore runs as a vertex of its own, between two topics; implementations
 * are registered as services of this type.
 */
public interface StageProvider {

    /** The member's name in a workflow's {@code operators} list; different from those of all operators. */
    String name();

    /** One or two sentences for the documentation, with an example of the configuration. */
    String description();

    /** Module of the worker that hosts it, which names its image: {@code graph-builder}. */
    String worker();

    /**
     * Compiles a stage against the schemas of the rows it will get. Pure: no network, no state; it gives the same for the same
     * configuration and schemas wherever it is called.
     *
     * @param configuration what stands in the workflow file, as a JSON or YAML parser gives it
     * @param input of the tables its rows come from, in the order that {@link StageRow#table} counts them; at least one
     * @param problems receives every mistake, with paths relative to the configuration
     * @return the plan, or empty when there was a problem
     */
    Optional<StagePlan> plan(Object configuration, List<RowSchema> input, List<Problem> problems);
}
