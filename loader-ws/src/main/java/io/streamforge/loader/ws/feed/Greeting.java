package io.streamforge.loader.ws.feed;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client says without being asked.
 *
 * @param messages sent after each handshake
 * @param pause between two of them
 * @param ping sent beside each ping, for servers that want to hear of their clients in words of their own; null for none
 */
public record Greeting(
        List<String> messages, Duration pause, @Nullable String ping) {

    public Greeting {
        messages = List.copyOf(messages);
    }
}
