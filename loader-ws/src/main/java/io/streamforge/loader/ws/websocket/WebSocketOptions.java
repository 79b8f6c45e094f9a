package io.streamforge.loader.ws.websocket;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import io.streamforge.loader.api.http.Requests;
import io.streamforge.loader.api.rest.RowOptions;
import io.streamforge.loader.ws.feed.FeedAddress;
import io.streamforge.loader.ws.feed.FeedOptions;
import io.streamforge.loader.ws.feed.Greeting;
import io.streamforge.record.RowSchema;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;

/**
 * What is followed and how rows are found in it.
 *
 * @param ack what a message is acknowledged with; empty when it is not
 */
record WebSocketOptions(
        URI url,
        Map<String, String> headers,
        Greeting greeting,
        JsonPointer rows,
        RowSchema schema,
        Optional<AckTemplate> ack,
        FeedOptions feed) {

    static final List<OptionSpec> SPECS = Stream.of(
                    List.of(
                            OptionSpec.of("url", OptionType.STRING, "Address of the feed.")
                                    .withRequired()
                                    .withExample("wss://feed.example.com/v1"),
                            OptionSpec.of("headers", OptionType.MAP, "Headers of the handshake.")
                                    .withSecret()
                                    .withExample("{Authorization: \"Bearer ${secret:feed}\"}"),
                            OptionSpec.of(
                                            "subscribe",
                                            OptionType.LIST,
                                            "Messages that are sent after each handshake, in order.")
                                    .withSecret()
                                    .withExample("['{\"op\": \"subscribe\", \"channel\": \"orders\"}']"),
                            OptionSpec.of("subscribe_pause", OptionType.DURATION, "Wait between two of these messages.")
                                    .withDefault("0s")
                                    .withBounds(0, 60_000),
                            OptionSpec.of(
                                            "rows",
                                            OptionType.STRING,
                                            "JSON pointer to the row of a message, or to an array of rows; without it the message is"
                                                    + " the row. Messages in which it leads to nothing are passed over.")
                                    .withDefault("")
                                    .withExample("/data"),
                            OptionSpec.of(
                                            "columns",
                                            OptionType.MAP,
                                            "Members of a row and their types, in the order of the columns. Members that are not"
                                                    + " named are left out.")
                                    .withRequired()
                                    .withExample("{id: INT64, total: \"DECIMAL(12,2)\", created_at: TIMESTAMP_TZ(3)}"),
                            OptionSpec.of(
                                            "key",
                                            OptionType.LIST,
                                            "Columns that identify a row; rows without them are rejected.")
                                    .withExample("[id]"),
                            OptionSpec.of(
                                            "ack",
                                            OptionType.STRING,
                                            "What is sent for each message when its rows are durable; {/pointer} stands for a value of"
                                                    + " the message.")
                                    .withExample("{\"ack\": {/id}}"),
                            OptionSpec.of(
                                            "ping_message",
                                            OptionType.STRING,
                                            "What is sent twice per heartbeat, beside WebSocket's own ping.")
                                    .withExample("{\"op\": \"ping\"}")),
                    FeedOptions.SPECS,
                    FeedOptions.CONNECTING)
            .flatMap(List::stream)
            .toList();

    /** @throws ConnectorException when options are wrong together */
    static WebSocketOptions of(Options options) throws ConnectorException {
        URI url = FeedAddress.parse(options.string("url"))
                .orElseThrow(() -> RowOptions.wrong(
                        "url",
                        "must be a ws or wss address such as wss://feed.example.com/v1, without user and password (use"
                                + " headers)"));
        Map<String, String> headers = options.map("headers");
        RowOptions.checked("headers", () -> new Requests(headers));
        List<String> key = options.list("key");
        return new WebSocketOptions(
                url,
                headers,
                new Greeting(
                        options.list("subscribe"),
                        options.duration("subscribe_pause"),
                        options.optional("ping_message").orElse(null)),
                RowOptions.pointer(options, "rows"),
                new RowSchema("messages", RowOptions.columns(options.map("columns"), key), key),
                options.optional("ack").map(AckTemplate::new),
                FeedOptions.of(options));
    }
}
