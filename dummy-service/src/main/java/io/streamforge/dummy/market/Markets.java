package io.streamforge.dummy.market;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All markets, by symbol. */
public final class Markets {

    private final Map<String, Market> bySymbol = new TreeMap<>();

    /** @param tradesPerSecond of each; a divisor of 1000 */
    public Markets(int tradesPerSecond) {
        Listings.all().forEach(listing -> bySymbol.put(listing.symbol(), new Market(listing, tradesPerSecond)));
    }

    public Optional<Market> find(String symbol) {
        return Optional.ofNullable(bySymbol.get(symbol));
    }

    public Collection<Market> all() {
        return Collections.unmodifiableCollection(bySymbol.values());
    }
}
