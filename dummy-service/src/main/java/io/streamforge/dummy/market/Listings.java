package io.streamforge.dummy.market;

import java.util.ArrayList;
import java.util.List;

/** The pairs that are traded. */
public final class Listings {

    private Listings() {}

    public static List<Listing> all() {
        List<Listing> all = new ArrayList<>();
        all.add(Listing.inDollars("BTC", 60_000, 1_500));
        all.add(Listing.inDollars("ETH", 3_000, 20_000));
        all.add(Listing.inDollars("BNB", 550, 5_000));
        all.add(Listing.inDollars("SOL", 150, 60_000));
        all.add(Listing.inDollars("LTC", 70, 9_000));
        all.add(new Listing("XRPUSDT", "XRP", "USDT", 4, 0, 5_500, 60_000));
        all.add(new Listing("ADAUSDT", "ADA", "USDT", 4, 1, 4_000, 400_000));
        all.add(new Listing("DOGEUSDT", "DOGE", "USDT", 5, 0, 11_000, 500_000));
        all.add(new Listing("ETHBTC", "ETH", "BTC", 5, 3, 5_000, 40_000));
        all.add(new Listing("BNBBTC", "BNB", "BTC", 6, 2, 9_000, 5_000));
        return List.copyOf(all);
    }
}
