package io.streamforge.loader.ws.feed;

/** What a feed counts, by the name an operator sees. */
public enum FeedMeasure {
    /** Connections that are open. */
    CONNECTED("feed_connected"),
    /** Connections that were lost. */
    RECONNECTS("feed_reconnects"),
    /** Messages that {@link OnLag} dropped. */
    DROPPED("feed_dropped"),
    /** Messages that were no JSON, or not what their stream promises. */
    GARBAGE("feed_garbage"),
    /** Messages without rows, answers and greetings for instance. */
    OTHER("feed_other"),
    /** Times a sequence went on behind what came next. */
    GAPS("feed_gaps"),
    /** Rows read from history because the stream did not bring them. */
    FILLED("feed_filled");

    private final String label;

    FeedMeasure(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
