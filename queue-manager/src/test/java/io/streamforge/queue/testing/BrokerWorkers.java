package io.streamforge.queue.testing;

import io.streamforge.messages.Command;
import io.streamforge.messages.Event;
import io.streamforge.messages.Json;
import io.streamforge.messages.Task;
import io.streamforge.messages.Topics;
import io.streamforge.messages.WorkerStatus;
import io.streamforge.queue.launch.LaunchRequest;
import io.streamforge.queue.run.Runs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Workers that speak to a real broker as real ones do: they find their start command at the place they were given, write their
 * rows and events, obey the commands that follow, and exit; each on a thread of its own.
 */
public final class BrokerWorkers implements AutoCloseable {

    private static final long ROWS = 100;

    private final String bootstrapServers;
    private final FakeLauncher launcher;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Set<String> started = new HashSet<>();
    private volatile boolean held;
    private volatile boolean closed;
    private final Thread thread = new Thread(this::watch, "workers");

    public BrokerWorkers(String bootstrapServers, FakeLauncher launcher) {
        this.bootstrapServers = bootstrapServers;
        this.launcher = launcher;
        producer = new KafkaProducer<>(Map.<String, Object>of(
                "bootstrap.servers", bootstrapServers,
                "key.serializer", ByteArraySerializer.class,
                "value.serializer", ByteArraySerializer.class));
        thread.setDaemon(true);
        thread.start();
    }

    /** Workers load, but do not get to an end. */
    public void hold(boolean value) {
        held = value;
    }

    private void watch() {
        try {
            while (!closed) {
                for (LaunchRequest task : launcher.running()) {
                    if (started.add(task.name())) {
                        Thread worker = new Thread(() -> work(task), task.name());
                        worker.setDaemon(true);
                        worker.start();
                    }
                }
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(LaunchRequest task) {
        String[] place =
                String.valueOf(task.environment().get("STREAMFORGE_COMMAND")).split("/");
        try (KafkaConsumer<byte[], byte[]> control = new KafkaConsumer<>(Map.<String, Object>of(
                "bootstrap.servers", bootstrapServers,
                "key.deserializer", ByteArrayDeserializer.class,
                "value.deserializer", ByteArrayDeserializer.class))) {
            TopicPartition partition = new TopicPartition(place[0], Integer.parseInt(place[1]));
            control.assign(List.of(partition));
            control.seek(partition, Long.parseLong(place[2]));
            run(task, control);
        }
    }

    private void run(LaunchRequest task, KafkaConsumer<byte[], byte[]> control) {
        AtomicLong seq = new AtomicLong();
        Command.@Nullable Start start = null;
        boolean drained = false;
        while (!closed && alive(task)) {
            for (ConsumerRecord<byte[], byte[]> entry : control.poll(Duration.ofMillis(50))) {
                if (entry.value() == null) {
                    continue;
                }
                Command command = Json.MAPPER.readValue(entry.value(), Command.class);
                if (!command.queueId().equals(task.queueId())
                        || !command.vertex().equals(task.vertex())) {
                    continue;
                }
                if (command instanceof Command.Start found && found.attempt() == task.attempt()) {
                    start = found;
                    report(task, seq, WorkerStatus.STARTING);
                    report(task, seq, WorkerStatus.LOADING);
                }
                drained |= command instanceof Command.Drain drain
                        && drain.endOffsets().values().stream().anyMatch(end -> end >= ROWS);
                if (command instanceof Command.Stop) {
                    report(task, seq, WorkerStatus.STOPPED);
                    launcher.exit(task.name(), 0);
                    return;
                }
            }
            if (start != null && !held && (start.task().role() == Task.Role.SOURCE || drained)) {
                if (start.task().role() == Task.Role.SOURCE) {
                    write(start);
                }
                report(task, seq, WorkerStatus.COMPLETED);
                launcher.exit(task.name(), 0);
                return;
            }
        }
    }

    private boolean alive(LaunchRequest task) {
        return launcher.running().stream().anyMatch(other -> other.name().equals(task.name()));
    }

    private void write(Command.Start start) {
        for (int i = 0; i < ROWS; i++) {
            producer.send(new ProducerRecord<>(start.kafkaTopic(), new byte[] {(byte) i}));
        }
        producer.flush();
    }

    private void report(LaunchRequest task, AtomicLong seq, WorkerStatus status) {
        Event event =
                Runs.event(task.queueId(), task.vertex(), task.attempt(), seq.incrementAndGet(), status, ROWS, null);
        producer.send(new ProducerRecord<>(
                Topics.EVENTS, task.queueId().getBytes(StandardCharsets.UTF_8), Json.MAPPER.writeValueAsBytes(event)));
        producer.flush();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        producer.close();
    }
}
