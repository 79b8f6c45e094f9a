package io.streamforge.connector;

/** A connector that can be read from. */
public interface SourceConnector extends Connector {

    /**
     * Configures a source without touching the network or the disk.
     *
     * @param options validated against the descriptor, references resolved
     * @throws ConnectorException with category {@code fatal} when options that are right alone are wrong together
     */
    Source source(Options options) throws ConnectorException;
}
