package io.streamforge.dummy.market;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The pairs that are traded. */
public final class Listings {

    /** What a unit costs in dollars; these trade against USDT and are listed behind the larger ones. */
    private static final Map<String, Integer> SMALLER = new TreeMap<>(Map.ofEntries(
            Map.entry("AAVE", 95),
            Map.entry("ALGO", 1),
            Map.entry("APT", 8),
            Map.entry("AR", 25),
            Map.entry("ATOM", 6),
            Map.entry("AVAX", 24),
            Map.entry("AXS", 5),
            Map.entry("BCH", 340),
            Map.entry("COMP", 48),
            Map.entry("DASH", 27),
            Map.entry("DOT", 5),
            Map.entry("EGLD", 30),
            Map.entry("ENS", 18),
            Map.entry("ETC", 19),
            Map.entry("FIL", 4),
            Map.entry("FTM", 1),
            Map.entry("GMX", 28),
            Map.entry("GRT", 1),
            Map.entry("HNT", 5),
            Map.entry("ICP", 9),
            Map.entry("IMX", 2),
            Map.entry("INJ", 20),
            Map.entry("KSM", 20),
            Map.entry("LDO", 2),
            Map.entry("LINK", 11),
            Map.entry("MANA", 1),
            Map.entry("MKR", 2300),
            Map.entry("NEAR", 5),
            Map.entry("NEO", 11),
            Map.entry("OP", 2),
            Map.entry("QNT", 72),
            Map.entry("RUNE", 4),
            Map.entry("SAND", 1),
            Map.entry("SNX", 2),
            Map.entry("STX", 2),
            Map.entry("SUI", 1),
            Map.entry("TIA", 5),
            Map.entry("UNI", 7),
            Map.entry("XMR", 160),
            Map.entry("ZEC", 38)));

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
        SMALLER.forEach((base, dollars) -> all.add(Listing.inDollars(base, dollars, 50_000)));
        return List.copyOf(all);
    }
}
