package io.streamforge.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.messages.Event;
import io.streamforge.messages.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EventConsumerTest {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.EVENTS, 0);

    private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicBoolean caughtUp = new AtomicBoolean();

    @Test
    void shouldWaitForATopicThatIsNotThereYet() {
        try (EventConsumer consumer = new EventConsumer(() -> {
            made.incrementAndGet();
            return kafka;
        })) {
            // given
            consumer.start(new Listening());
            await().until(() -> made.get() == 1);

            // when
            kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
            kafka.updateEndOffsets(Map.of(PARTITION, 0L));
            kafka.updatePartitions(
                    Topics.EVENTS,
                    List.of(new PartitionInfo(Topics.EVENTS, 0, Node.noNode(), new Node[0], new Node[0])));

            // then
            await().untilTrue(caughtUp);
            assertThat(made).as("it has not failed").hasValue(1);
        }
    }

    private final class Listening implements EventFeed.Listener {

        @Override
        public Map<Integer, Long> offsets() {
            return Map.of();
        }

        @Override
        public void take(List<Event> events, Map<Integer, Long> next) {
            throw new AssertionError("nothing was written");
        }

        @Override
        public void caughtUp() {
            caughtUp.set(true);
        }
    }
}
