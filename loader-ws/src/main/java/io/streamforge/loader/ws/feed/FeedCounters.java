package io.streamforge.loader.ws.feed;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the feeds of a source count together. */
public final class FeedCounters {

    /** Connections that are open. */
    public static final String CONNECTED = "feed_connected";

    /** Connections that were lost. */
    public static final String RECONNECTS = "feed_reconnects";

    /** Messages that {@link OnLag} dropped. */
    public static final String DROPPED = "feed_dropped";

    private final Map<String, LongAdder> adders = new ConcurrentHashMap<>();

    public FeedCounters() {
        add(CONNECTED, 0);
        add(RECONNECTS, 0);
        add(DROPPED, 0);
    }

    public void add(String name, long number) {
        adders.computeIfAbsent(name, key -> new LongAdder()).add(number);
    }

    public Map<String, Long> values() {
        Map<String, Long> values = new TreeMap<>();
        adders.forEach((name, adder) -> values.put(name, adder.sum()));
        return values;
    }
}
