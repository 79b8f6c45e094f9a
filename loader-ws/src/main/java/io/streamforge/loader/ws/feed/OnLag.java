package io.streamforge.loader.ws.feed;

import java.util.Locale;

/** What happens to messages that arrive while the inbox is full. */
public enum OnLag {
    /** The connection is not read on, so that the server waits or gives up. */
    BUFFER,
    /** They are dropped. */
    DROP,
    /** Of each key the newest is kept. */
    LATEST,
    /** The feed fails. */
    ERROR;

    static OnLag of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
