package io.streamforge.graph;

/**
 * Ids of elements. A label has letters, digits and underscores alone, so that its colon is the first one of an id; within an
 * edge's id, a vertical bar in a part is {@code %7C} and a percent sign {@code %25}.
 */
final class Ids {

    private Ids() {}

    /** {@code asset:USDT}. */
    static String vertex(String label, String name) {
        return label + ":" + name;
    }

    /**
     * {@code base_of:asset:BTC|symbol:BTCUSDT}.
     *
     * @param key tells edges of a label between the same vertices apart; empty when there is one at most
     */
    static String edge(String label, String from, String to, String key) {
        String ends = label + ":" + escaped(from) + "|" + escaped(to);
        return key.isEmpty() ? ends : ends + "|" + escaped(key);
    }

    private static String escaped(String part) {
        return part.indexOf('%') < 0 && part.indexOf('|') < 0
                ? part
                : part.replace("%", "%25").replace("|", "%7C");
    }
}
