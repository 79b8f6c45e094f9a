package io.streamforge.loader.ws.feed;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What the feeds of a source count together. Every measure is there from the beginning: a rate needs the zero before the first. */
public final class FeedCounters {

    private final Map<FeedMeasure, Long> counts = new ConcurrentHashMap<>();

    public FeedCounters() {
        for (FeedMeasure measure : FeedMeasure.values()) {
            counts.put(measure, 0L);
        }
    }

    public void add(FeedMeasure measure, long number) {
        counts.merge(measure, number, Long::sum);
    }

    public Map<String, Long> values() {
        Map<String, Long> values = new TreeMap<>();
        counts.forEach((measure, count) -> values.put(measure.label(), count));
        return values;
    }
}
