package io.streamforge.connector;

/**
 * A kind of system that rows come from or go to. Implementations are registered as services of this type, are stateless, and
 * implement {@link SourceConnector}, {@link SinkConnector} or both.
 */
public interface Connector {

    /** Always the same; free of side effects, because it is also called while the module is built. */
    ConnectorDescriptor descriptor();
}
