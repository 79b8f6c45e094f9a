package io.streamforge.dummy.exchange;

import io.streamforge.dummy.market.Market;
import io.streamforge.dummy.stream.StreamSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How strict the simulated exchange is.
 *
 * @param weightLimit request weight all clients may spend in a window
 * @param weightWindow length of the window
 * @param orders number of orders the paged API has
 * @param ordersToken what {@code Authorization: Bearer} must carry for the orders; null when anybody may read them
 * @param tradesPerSecond of each symbol; a divisor of 1000
 * @param streams how the streams are served
 */
public record ExchangeSettings(
        long weightLimit,
        Duration weightWindow,
        int orders,
        @Nullable String ordersToken,
        int tradesPerSecond,
        StreamSettings streams) {

    /** As Binance has it: 6000 a minute; a thousand orders for anybody. */
    public static final ExchangeSettings DEFAULT = new ExchangeSettings(
            6000, Duration.ofMinutes(1), 1000, null, Market.TRADES_PER_SECOND, StreamSettings.DEFAULT);

    public ExchangeSettings {
        if (weightLimit < 1 || weightWindow.toMillis() < 1 || orders < 0) {
            throw new IllegalArgumentException(
                    "weight limit and window must be at least 1 and 1 ms, orders at least 0, got " + weightLimit + ", "
                            + weightWindow + " and " + orders);
        }
    }

    public ExchangeSettings withWeightLimit(long limit, Duration window) {
        return new ExchangeSettings(limit, window, orders, ordersToken, tradesPerSecond, streams);
    }

    public ExchangeSettings withOrders(int number) {
        return new ExchangeSettings(weightLimit, weightWindow, number, ordersToken, tradesPerSecond, streams);
    }

    public ExchangeSettings withOrdersToken(String token) {
        return new ExchangeSettings(weightLimit, weightWindow, orders, token, tradesPerSecond, streams);
    }

    public ExchangeSettings withTradesPerSecond(int number) {
        return new ExchangeSettings(weightLimit, weightWindow, orders, ordersToken, number, streams);
    }

    public ExchangeSettings withStreams(StreamSettings settings) {
        return new ExchangeSettings(weightLimit, weightWindow, orders, ordersToken, tradesPerSecond, settings);
    }
}
