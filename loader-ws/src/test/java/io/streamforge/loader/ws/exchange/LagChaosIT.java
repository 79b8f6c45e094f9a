package io.streamforge.loader.ws.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.connector.Source;
import io.streamforge.dummy.SimulatedExchange;
import io.streamforge.dummy.exchange.ExchangeSettings;
import io.streamforge.loader.ws.Follower;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Five minutes in which nobody takes anything, for each {@code on_lag}; {@code -Pchaos} runs it, {@code -Dlag.seconds} shortens it. */
@Tag("chaos")
class LagChaosIT {

    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("lag.seconds", 300));
    private static final long ROOM = 24 << 20;

    @ParameterizedTest
    @ValueSource(strings = {"buffer", "drop", "latest", "error"})
    void shouldStayWithinItsMemoryWhileItIsHeldBack(String onLag) throws Exception {
        ExchangeSettings settings =
                ExchangeSettings.DEFAULT.withTradesPerSecond(1000).withWeightLimit(1_000_000, Duration.ofMinutes(1));
        try (SimulatedExchange exchange = SimulatedExchange.start(0, settings);
                Source source = Follower.source(
                        new LiveExchangeConnector(),
                        Map.of(
                                "symbols",
                                List.of("BTCUSDT", "ETHUSDT"),
                                "base_url",
                                exchange.url(),
                                "stream_url",
                                exchange.streamUrl(),
                                "on_lag",
                                onLag,
                                "buffer_size",
                                "1MiB"));
                Follower follower = new Follower(source, Optional.empty())) {
            await().until(() -> follower.rows("trades").size() > 1_000);
            follower.hold();
            long before = used();

            await().atMost(LENGTH.plusMinutes(1)).pollDelay(LENGTH).until(() -> true);

            assertThat(used() - before).isLessThan(ROOM);
            follower.goOn();
            int read = follower.rows("trades").size();
            await().until(() -> onLag.equals("error")
                    ? follower.failure().isPresent()
                    : follower.rows("trades").size() > read + 1_000);
        }
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
