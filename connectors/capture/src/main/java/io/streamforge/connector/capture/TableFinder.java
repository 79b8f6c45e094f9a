package io.streamforge.connector.capture;

import io.streamforge.connector.ConnectorException;
import io.streamforge.record.RowSchema;
import java.util.List;

/** Knows which tables match a capture's patterns at the moment; called by the thread that reads. */
public interface TableFinder {

    /** Names of the tables, in their order. */
    List<String> names() throws ConnectorException;

    /**
     * A table's rows as they are now, keyed, with its name.
     *
     * @throws ConnectorException with category {@code fatal} when the table cannot be captured as it is, or is gone again
     */
    RowSchema schema(String name) throws ConnectorException;
}
