package io.streamforge.dummy.market;

/**
 * A traded pair. Prices are counted in ticks and quantities in lots, so that all sums are exact.
 *
 * @param symbol such as {@code BTCUSDT}
 * @param base asset that is bought
 * @param quote asset that is paid
 * @param priceDigits fractional digits of a price: a tick is 10^-priceDigits
 * @param lotDigits fractional digits of a quantity; with {@code priceDigits} at most 8
 * @param price the price around which the market moves, in ticks
 * @param volume traded in a usual minute, in lots
 */
public record Listing(
        String symbol, String base, String quote, int priceDigits, int lotDigits, long price, long volume) {

    public Listing {
        if (priceDigits < 0 || lotDigits < 0 || priceDigits + lotDigits > 8) {
            throw new IllegalArgumentException(symbol + ": digits of price and quantity must be 0 to 8 together, got "
                    + priceDigits + " and " + lotDigits);
        }
        if (price < 100 || volume < Market.TRADES_PER_MINUTE * 10L) {
            throw new IllegalArgumentException(symbol + ": price must be at least 100 ticks and volume "
                    + Market.TRADES_PER_MINUTE * 10 + " lots");
        }
    }

    /** The same pair with more volume. */
    Listing busier(int times) {
        return new Listing(symbol, base, quote, priceDigits, lotDigits, price, volume * times);
    }

    /** A pair against USDT with two digits of price and five of quantity. */
    static Listing inDollars(String base, long dollars, long hundredthsPerMinute) {
        return new Listing(base + "USDT", base, "USDT", 2, 5, dollars * 100, hundredthsPerMinute * 1000);
    }
}
