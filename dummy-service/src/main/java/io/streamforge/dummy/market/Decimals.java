package io.streamforge.dummy.market;

import java.math.BigDecimal;

/** Counts of ticks and lots as the exchange prints them: always eight fractional digits. */
public final class Decimals {

    private static final int DIGITS = 8;

    private Decimals() {}

    /** Appends {@code "0.01634790"}, with its quotation marks. */
    public static StringBuilder append(StringBuilder json, long unscaled, int scale) {
        return json.append('"')
                .append(BigDecimal.valueOf(unscaled, scale).setScale(DIGITS).toPlainString())
                .append('"');
    }
}
