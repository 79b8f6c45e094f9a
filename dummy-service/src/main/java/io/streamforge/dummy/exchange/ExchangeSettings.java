package io.streamforge.dummy.exchange;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How strict the simulated exchange is.
 *
 * @param weightLimit request weight all clients may spend in a window
 * @param weightWindow length of the window
 * @param orders number of orders the paged API has
 * @param ordersToken what {@code Authorization: Bearer} must carry for the orders; null when anybody may read them
 */
public record ExchangeSettings(
        long weightLimit,
        Duration weightWindow,
        int orders,
        @Nullable String ordersToken) {

    /** As Binance has it: 6000 a minute; a thousand orders for anybody. */
    public static final ExchangeSettings DEFAULT = new ExchangeSettings(6000, Duration.ofMinutes(1), 1000, null);

    public ExchangeSettings {
        if (weightLimit < 1 || weightWindow.toMillis() < 1 || orders < 0) {
            throw new IllegalArgumentException(
                    "weight limit and window must be at least 1 and 1 ms, orders at least 0, got " + weightLimit + ", "
                            + weightWindow + " and " + orders);
        }
    }

    public ExchangeSettings withWeightLimit(long limit, Duration window) {
        return new ExchangeSettings(limit, window, orders, ordersToken);
    }

    public ExchangeSettings withOrders(int number) {
        return new ExchangeSettings(weightLimit, weightWindow, number, ordersToken);
    }

    public ExchangeSettings withOrdersToken(String token) {
        return new ExchangeSettings(weightLimit, weightWindow, orders, token);
    }
}
