package io.streamforge.dummy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration of the service.
 *
 * @param weightLimit request weight all clients may spend in a window
 * @param weightWindow length of the window
 * @param orders number of orders the paged API has
 * @param ordersToken bearer token the orders demand; anybody may read them without
 * @param tradesPerSecond of each symbol; a divisor of 1000
 * @param speed simulated seconds per second
 */
@ConfigurationProperties("dummy")
record DummyProperties(
        @DefaultValue("6000") long weightLimit,
        @DefaultValue("1m") Duration weightWindow,
        @DefaultValue("1000") int orders,
        @Nullable String ordersToken,
        @DefaultValue("2") int tradesPerSecond,
        @DefaultValue("1") double speed) {}
