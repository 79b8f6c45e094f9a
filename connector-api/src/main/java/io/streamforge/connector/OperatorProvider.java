package io.streamforge.connector;

import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Optional;

/** A kind of operator ({@code filter}, {@code map}, …); implementations are registered as services of this type. */
public interface OperatorProvider {

    /** The member's name in a workflow's {@code operators} list. */
    String name();

    /** One or two sentences for the documentation, with an example of the configuration. */
    String description();

    /**
     * Compiles an operator against the schema of the rows it will get. Pure: no network, no state.
     *
     * @param configuration what stands in the workflow file, as a JSON or YAML parser gives it
     * @param problems receives every mistake, with paths relative to the configuration
     * @return the operator, or empty when there was a problem
     */
    Optional<Operator> compile(Object configuration, RowSchema input, List<Problem> problems);
}
