package io.streamforge.queue.graph;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.GraphStore;
import java.util.Map;

/** Reaches the systems that graphs are stored in. */
public interface GraphStores {

    /** Whether the connector is here and its targets can hold a graph. */
    boolean holdsGraphs(String connector);

    /**
     * @param options of a sink, references unresolved
     * @throws ConnectorException when the graph is not there or its system cannot be asked
     */
    GraphStore open(String connector, Map<String, Object> options) throws ConnectorException;
}
