package io.streamforge.dummy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.streamforge.dummy.market.Listings;
import io.streamforge.dummy.market.Markets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamSessionTest {

    private static final int RATE = 1_000;
    private static final Instant NOW = Instant.parse("2024-08-01T00:00:00Z");

    @Test
    void shouldSendInOneGoWhatIsMoreThanTheBufferOfTheConnection() {
        // given
        EmbeddedChannel channel = new EmbeddedChannel();
        List<String> names = Listings.all().stream()
                .limit(30)
                .map(listing -> listing.symbol().toLowerCase(java.util.Locale.ROOT) + "@aggTrade")
                .toList();
        Later clock = new Later();
        Subscriptions subscriptions = new Subscriptions(new EventStreams(new Markets(RATE)), 1_024);
        StreamSession session = new StreamSession(
                channel, subscriptions, StreamSettings.DEFAULT, new StreamFaults(() -> {}), clock, true);
        session.start(names);

        // when
        clock.after = Duration.ofMillis(100);
        channel.runScheduledPendingTasks();

        // then
        assertThat(sent(channel)).isGreaterThanOrEqualTo(30 * 100);
        channel.close();
    }

    private static int sent(EmbeddedChannel channel) {
        int messages = 0;
        for (Object message = channel.readOutbound(); message != null; message = channel.readOutbound()) {
            ReferenceCountUtil.release(message);
            messages++;
        }
        return messages;
    }

    /** A clock that is moved on by hand. */
    private static final class Later extends Clock {

        private Duration after = Duration.ZERO;

        @Override
        public Instant instant() {
            return NOW.plus(after);
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
