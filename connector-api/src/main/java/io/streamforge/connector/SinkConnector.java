package io.streamforge.connector;

/** A connector that can be written to. */
public interface SinkConnector extends Connector {

    /**
     * Configures a sink without touching the network or the disk.
     *
     * @param options validated against the descriptor, references resolved
     * @throws ConnectorException with category {@code fatal} when options that are right alone are wrong together
     */
    Sink sink(Options options) throws ConnectorException;
}
