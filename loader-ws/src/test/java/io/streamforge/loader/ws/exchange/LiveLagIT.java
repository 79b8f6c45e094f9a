package io.streamforge.loader.ws.exchange;

import static io.streamforge.loader.ws.exchange.LiveMarket.LIMIT;
import static io.streamforge.loader.ws.exchange.LiveMarket.assertExact;
import static io.streamforge.loader.ws.exchange.LiveMarket.awaitTraded;
import static io.streamforge.loader.ws.exchange.LiveMarket.awaitTrades;
import static io.streamforge.loader.ws.exchange.LiveMarket.missing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Source;
import io.streamforge.loader.ws.Follower;
import io.streamforge.record.RecordBatch;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each {@code on_lag} does while nobody takes what the exchange sends. */
class LiveLagIT {

    private final LiveMarket market = new LiveMarket();

    @AfterEach
    void stop() {
        market.close();
    }

    @Test
    void shouldLeaveOutAndCountWhatDoesNotFitWhenItIsToldToDrop() throws Exception {
        try (Source source = market.source("on_lag", "drop", "buffer_size", "20KiB");
                Follower follower = new Follower(source, Optional.empty())) {
            awaitTrades(follower, 50);

            fallBehind(follower);
            awaitTrades(follower, follower.rows("trades").size() + 600);

            assertThat(missing(follower.batches())).isPositive();
            await().atMost(LIMIT).untilAsserted(() -> {
                List<RecordBatch> batches = follower.batches();
                assertThat(dropped(batches)).isEqualTo(missing(batches));
                assertThat(source.measures()).containsEntry("feed_dropped", dropped(batches));
            });
        }
    }

    @Test
    void shouldKeepTheNewestOfEachStreamWhenItIsToldTo() throws Exception {
        try (Source source = market.source("on_lag", "latest", "buffer_size", "20KiB");
                Follower follower = new Follower(source, Optional.empty())) {
            awaitTrades(follower, 50);

            fallBehind(follower);
            awaitTrades(follower, follower.rows("trades").size() + 600);

            List<RecordBatch> batches = follower.batches();
            assertThat(missing(batches)).isPositive().isEqualTo(dropped(batches));
        }
    }

    @Test
    void shouldWaitWithoutLossWhenItBuffers() throws Exception {
        try (Source source = market.source("buffer_size", "20KiB");
                Follower follower = new Follower(source, Optional.empty())) {
            awaitTrades(follower, 50);

            fallBehind(follower);
            awaitTrades(follower, follower.rows("trades").size() + 1_500);

            assertExact(follower.batches());
        }
    }

    @Test
    void shouldFailWhenItsBufferIsFullAndThatIsAnError() throws Exception {
        try (Source source = market.source("on_lag", "error", "buffer_size", "20KiB");
                Follower follower = new Follower(source, Optional.empty())) {
            awaitTrades(follower, 50);

            fallBehind(follower);

            await().atMost(LIMIT).until(() -> follower.failure().isPresent());
            assertThat(follower.failure().orElseThrow())
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.error().code()).isEqualTo("FEED-BEHIND"));
        }
    }

    /** Takes nothing until the exchange has sent more than the buffer holds. */
    private static void fallBehind(Follower follower) {
        follower.hold();
        awaitTraded(500);
        follower.goOn();
    }

    private static long dropped(List<RecordBatch> batches) {
        return batches.get(batches.size() - 1).position().number("dropped").orElseThrow();
    }
}
