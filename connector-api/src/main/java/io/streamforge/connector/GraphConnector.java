package io.streamforge.connector;

/** A connector whose targets hold graphs that can be asked: the tables {@code vertices} and {@code edges} of the stage {@code graph}. */
public interface GraphConnector extends SinkConnector {

    /**
     * Opens the graph that a sink with these options writes, to be read.
     *
     * @param options of the sink, validated against the descriptor, references resolved
     * @throws ConnectorException when the system cannot be reached or refuses, or a sink with these options writes no graph
     */
    GraphStore graph(Options options) throws ConnectorException;
}
