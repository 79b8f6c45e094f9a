package io.streamforge.dummy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.streamforge.dummy.market.Listings;
import io.streamforge.dummy.market.Markets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class StreamSessionTest {

    private static final int RATE = 1_000;

    private Instant now = Instant.parse("2024-08-01T00:00:00Z");

    @Test
    void shouldSendInOneGoWhatIsMoreThanTheBufferOfTheConnection() {
        // given
        EmbeddedChannel channel = new EmbeddedChannel();
        List<String> names = Listings.all().stream()
                .limit(30)
                .map(listing -> listing.symbol().toLowerCase(Locale.ROOT) + "@aggTrade")
                .toList();
        Subscriptions subscriptions = new Subscriptions(new EventStreams(new Markets(RATE)), 1_024);
        StreamSession session = new StreamSession(
                channel, subscriptions, StreamSettings.DEFAULT, new StreamFaults(() -> {}), () -> now, true);
        session.start(names);

        // when
        now = now.plusMillis(100);
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
}
