package io.streamforge.dummy.market;

import java.util.Map;
import java.util.TreeMap;

/**
 * The order book of a market: a few levels below and above its usual price, one of which changes with every trade. A trade's id is
 * the number of its change, so any two changes and the whole book after a change agree.
 */
public final class Book {

    private static final int LEVELS = 20;
    /** Changes after which every level has almost surely been touched. */
    private static final int HISTORY = 1_000;

    private final Listing listing;
    private final long seed;

    public Book(Market market) {
        listing = market.listing();
        seed = Hash.of(listing.symbol()) ^ 12;
    }

    /** The whole book after a change, as the exchange's call answers it. */
    public String snapshot(long lastId) {
        StringBuilder json = new StringBuilder("{\"lastUpdateId\":").append(lastId);
        levels(json.append(",\"bids\":"), true, Math.max(0, lastId - HISTORY), lastId);
        levels(json.append(",\"asks\":"), false, Math.max(0, lastId - HISTORY), lastId);
        return json.append('}').toString();
    }

    /** Appends {@code [["price","quantity"],…]}: the levels of a side that changed, with what they are after {@code lastId}. */
    public StringBuilder levels(StringBuilder json, boolean bids, long firstId, long lastId) {
        Map<Integer, Long> changed = new TreeMap<>();
        for (long id = firstId; id <= lastId; id++) {
            if (((Hash.of(seed, id) & 1) == 0) == bids) {
                changed.put((int) Hash.below(LEVELS, seed ^ 1, id), id);
            }
        }
        json.append('[');
        changed.forEach((level, id) -> {
            long price = bids ? listing.price() - level - 1 : listing.price() + level + 1;
            Decimals.append(json.append('['), price, listing.priceDigits());
            Decimals.append(json.append(','), 1 + Hash.below(listing.volume(), seed ^ 2, id), listing.lotDigits());
            json.append("],");
        });
        if (json.charAt(json.length() - 1) == ',') {
            json.setLength(json.length() - 1);
        }
        return json.append(']');
    }
}
