package io.streamforge.loader.ws.websocket;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorDescriptor.Role;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Options;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceConnector;

/** {@code websocket}: any feed of JSON messages. */
public final class WebSocketConnector implements SourceConnector {

    private static final ConnectorDescriptor DESCRIPTOR = new ConnectorDescriptor(
            "websocket",
            "WebSocket feed",
            "Rows of any WebSocket that sends JSON messages: subscribed to by messages, found in each message by a JSON pointer,"
                    + " acknowledged one by one where the server wants it. A connection that is lost, silent or without messages is"
                    + " made again. For workflows of mode: streaming.",
            new Role(
                    "loader-ws",
                    WebSocketOptions.SPECS,
                    "Every message that arrives, in order; its acknowledgement is sent when its rows are durable, so that a server"
                            + " that repeats what was not acknowledged loses nothing and may repeat some. What another server sends"
                            + " while there is no connection is lost."),
            null);

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Source source(Options options) throws ConnectorException {
        return new WebSocketSource(WebSocketOptions.of(options));
    }
}
