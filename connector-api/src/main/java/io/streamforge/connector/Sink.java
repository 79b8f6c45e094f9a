package io.streamforge.connector;

import io.streamforge.record.RowSchema;
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
     * Prepares the target (creates what the options ask to create) and opens a writer. The writer is used by one thread.
     *
     * @throws ConnectorException when the target cannot be prepared
     */
    SinkWriter open(SinkContext context) throws ConnectorException;

    /** Frees what the sink holds; called once, after the last writer was closed. */
    @Override
    default void close() {}
}
