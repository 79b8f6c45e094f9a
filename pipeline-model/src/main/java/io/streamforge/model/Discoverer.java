package io.streamforge.model;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.Problem;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Map;

/** Asks real systems, where their connectors can be loaded; options come with their references unresolved. Calls may block. */
public interface Discoverer {

    /** What a source has; see {@link io.streamforge.connector.Source#discover}. */
    Discovery discover(String connector, Map<String, Object> options) throws ConnectorException;

    /** What keeps rows of these schemas from being written; see {@link io.streamforge.connector.Sink#check}. */
    List<Problem> check(String connector, Map<String, Object> options, List<RowSchema> schemas)
            throws ConnectorException;

    /** As {@link #check}, for rows that may get other columns while a run goes on. */
    List<Problem> checkEvolving(String connector, Map<String, Object> options, List<RowSchema> schemas)
            throws ConnectorException;

    /** Whether a target takes rows of tables that nobody knows yet; see {@link io.streamforge.connector.Sink#takesNewTables}. */
    boolean takesNewTables(String connector, Map<String, Object> options) throws ConnectorException;

    /** What keeps any rows from being written to a target: it alone is looked at. */
    List<Problem> checkTarget(String connector, Map<String, Object> options) throws ConnectorException;
}
