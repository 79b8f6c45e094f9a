package io.streamforge.queue.kafka;

import io.streamforge.messages.Event;
import io.streamforge.messages.Json;
import io.streamforge.messages.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Reads {@code queue-events} on a thread of its own, from where the listener says it has got to. What was read is handed over
 * with the offsets after it, so that both can be kept together; when the listener fails the same is read again.
 */
public final class EventConsumer implements EventFeed {

    private static final Logger log = LoggerFactory.getLogger(EventConsumer.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LOOK_UP = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    /** Between looks for the topic, which a new broker gets in a moment. */
    private static final Duration LOOK = Duration.ofMillis(50);

    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private @Nullable Reading reading;

    public EventConsumer(KafkaConnection connection) {
        this(() -> new KafkaConsumer<>(connection.settings(settings())));
    }

    EventConsumer(Supplier<Consumer<byte[], byte[]>> consumers) {
        this.consumers = consumers;
    }

    private static Map<String, Object> settings() {
        return Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                "queue-manager",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                // Events that are gone are older than any worker that could still be waited for.
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                500L,
                ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG,
                "",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class);
    }

    @Override
    public synchronized void start(Listener listener) {
        Reading begun = new Reading(consumers, listener);
        Thread reader = new Thread(begun, "event-consumer");
        reader.setDaemon(true);
        begun.thread = reader;
        reading = begun;
        reader.start();
    }

    @Override
    public synchronized void close() {
        Reading begun = reading;
        if (begun != null) {
            begun.end();
            reading = null;
        }
    }

    /** From a start to its end. */
    private static final class Reading implements Runnable {

        private final Supplier<Consumer<byte[], byte[]>> consumers;
        private final Listener listener;
        private volatile @Nullable Thread thread;
        private volatile @Nullable Consumer<byte[], byte[]> current;
        private volatile boolean closed;

        Reading(Supplier<Consumer<byte[], byte[]>> consumers, Listener listener) {
            this.consumers = consumers;
            this.listener = listener;
        }

        @Override
        public void run() {
            while (!closed) {
                try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                    current = consumer;
                    follow(consumer);
                } catch (WakeupException | InterruptException e) {
                    return;
                } catch (RuntimeException e) {
                    log.atWarn().setCause(e).log("reading events failed; trying again");
                    pause(AFTER_FAILURE);
                }
            }
        }

        private void follow(Consumer<byte[], byte[]> consumer) {
            List<TopicPartition> partitions = partitions(consumer);
            while (partitions.isEmpty()) {
                if (closed) {
                    return;
                }
                pause(LOOK);
                partitions = partitions(consumer);
            }
            follow(consumer, partitions);
        }

        private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
            return consumer.partitionsFor(Topics.EVENTS, LOOK_UP).stream()
                    .map(info -> new TopicPartition(Topics.EVENTS, info.partition()))
                    .toList();
        }

        private void follow(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            listener.offsets().forEach((partition, offset) -> {
                if (partition < partitions.size()) {
                    consumer.seek(new TopicPartition(Topics.EVENTS, partition), offset);
                }
            });
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions, LOOK_UP));
            while (!closed) {
                take(consumer.poll(POLL), listener);
                if (!ends.isEmpty()
                        && ends.entrySet().stream()
                                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                    ends.clear();
                    listener.caughtUp();
                }
            }
        }

        void end() {
            closed = true;
            Thread reader = thread;
            Consumer<byte[], byte[]> consumer = current;
            if (consumer != null) {
                consumer.wakeup();
            }
            try {
                if (reader != null) {
                    reader.join(CLOSE.toMillis());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void take(ConsumerRecords<byte[], byte[]> read, Listener listener) {
        if (read.isEmpty()) {
            return;
        }
        List<Event> events = new ArrayList<>(read.count());
        Map<Integer, Long> next = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> entry : read) {
            next.put(entry.partition(), entry.offset() + 1);
            parse(entry, events);
        }
        listener.take(events, next);
    }

    private static void parse(ConsumerRecord<byte[], byte[]> entry, List<Event> events) {
        try {
            events.add(Objects.requireNonNull(Json.MAPPER.readValue(entry.value(), Event.class)));
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            // Whoever may write to the topic may write anything; it must not stop those who write events.
            log.atWarn()
                    .addKeyValue("partition", entry.partition())
                    .addKeyValue("offset", entry.offset())
                    .log("record on queue-events is not an event; skipped");
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
