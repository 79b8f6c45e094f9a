package io.streamforge.connector;

import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.List;

/** A configured sink. */
public interface Sink extends AutoCloseable {

    /**
     * Connects and compares the rows to come with the target, changing nothing. Called by plan and validate, and before a run starts.
     *
     * @return all that would keep rows of this schema from being written exactly; empty when nothing does
     * @throws ConnectorException when the system cannot be reached or refuses
     */
    List<Problem> check(RowSchema schema) throws ConnectorException;

    /**
     * As {@link #check(RowSchema)}, for rows of several tables that come from one topic; for none, of the target alone: whether it
     * can be reached and written to, whatever the rows will be.
     *
     * @throws ConnectorException with code {@code SINK-NEEDS-ROWS} when the target cannot be looked at without rows
     */
    default List<Problem> check(List<RowSchema> schemas) throws ConnectorException {
        if (schemas.isEmpty()) {
            throw new ConnectorException(
                    "SINK-NEEDS-ROWS",
                    Category.FATAL,
                    "the target cannot be checked without the rows that it gets",
                    "check a workflow that writes to it: POST /api/v1/workflows/validate?connect=true");
        }
        return schemas.size() == 1
                ? check(schemas.get(0))
                : List.of(new Problem(
                        "SINK-ONE-TABLE",
                        "",
                        "the source gives rows of " + schemas.size() + " tables, the target takes rows of one",
                        "write a workflow per table, or choose a target that takes several"));
    }

    /**
     * As {@link #check(List)}, for rows that may get other columns while the run goes on: a writer is opened anew then, with {@link
     * SinkContext#evolving} set.
     */
    default List<Problem> checkEvolving(List<RowSchema> schemas) throws ConnectorException {
        List<Problem> problems = new ArrayList<>(check(schemas));
        problems.add(new Problem(
                "SINK-SCHEMA-FIXED",
                "",
                "the columns of the rows may change while the run goes on, and the target does not follow",
                "set the source's schema_changes to exception or ignore, or write to a relational target"));
        return problems;
    }

    /** Whether rows of tables that nobody knows yet can be written: each would get a target of its own. */
    default boolean takesNewTables() {
        return false;
    }

    /**
     * Prepares the target (creates what the options ask to create) and opens a writer. The writer is used by one thread.
     *
     * @throws ConnectorException when the target cannot be prepared
     */
    SinkWriter open(SinkContext context) throws ConnectorException;

    /** Frees what the sink holds; called once, after the last writer was closed. */
    @Override
    default void close() {}
}
