package io.streamforge.worker;

import io.streamforge.messages.Command;
import io.streamforge.messages.Json;
import io.streamforge.messages.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** The partition of {@code queue-control} that a worker listens to, from its start command on; for one thread. */
final class ControlChannel implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ControlChannel.class);

    /** What was said to a vertex: a command, or that its run has ended and is being forgotten. */
    record Message(Optional<Command> command) {}

    private final CommandReference reference;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final List<Message> unread = new ArrayList<>();
    private @Nullable String keyPrefix;
    private boolean begun;
    private boolean exact;

    ControlChannel(CommandReference reference, KafkaConsumer<byte[], byte[]> consumer) {
        this.reference = reference;
        this.consumer = consumer;
        partition = new TopicPartition(reference.topic(), reference.partition());
        consumer.assign(List.of(partition));
        consumer.seek(partition, reference.offset());
        reference.owner().ifPresent(owner -> keyPrefix = Topics.commandKey(owner.queueId(), owner.vertex(), ""));
    }

    /**
     * Looks for the start command for a while: the record at the offset, or when compaction has removed it the vertex's
     * latest one.
     *
     * @return empty when it was not found in that time; ask again
     * @throws VertexFailure when there is no such command
     */
    Optional<Command.Start> start(Duration time) {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(time)) {
                if (!begun) {
                    begin(record);
                }
                message(record).ifPresent(unread::add);
            }
            if (exact) {
                return Optional.of(startAt(0));
            }
            return consumer.position(partition, time) >= end(time) ? Optional.of(latestStart()) : Optional.empty();
        } catch (WakeupException | TimeoutException e) {
            log.atDebug().setCause(e).log("start command not read yet");
            return Optional.empty();
        }
    }

    private void begin(ConsumerRecord<byte[], byte[]> first) {
        begun = true;
        exact = first.offset() == reference.offset() && first.value() != null;
        if (keyPrefix == null) {
            byte[] value = first.value();
            if (!exact || value == null) {
                throw missing("compaction has removed it");
            }
            Command command = parse(value);
            keyPrefix = Topics.commandKey(command.queueId(), command.vertex(), "");
        }
    }

    /** The start among what was read; what came before it is of older attempts. */
    private Command.Start startAt(int index) {
        if (index < unread.size() && unread.get(index).command().orElse(null) instanceof Command.Start start) {
            unread.subList(0, index + 1).clear();
            return start;
        }
        throw missing("another record is there");
    }

    private Command.Start latestStart() {
        int last = unread.size() - 1;
        while (last > 0 && !(unread.get(last).command().orElse(null) instanceof Command.Start)) {
            last--;
        }
        return startAt(Math.max(0, last));
    }

    private long end(Duration time) {
        return consumer.endOffsets(List.of(partition), time.plusSeconds(1)).getOrDefault(partition, 0L);
    }

    /** Waits for more, at most for a time or until {@link #wakeup}. */
    List<Message> poll(Duration time) {
        List<Message> messages = new ArrayList<>(unread);
        unread.clear();
        try {
            consumer.poll(messages.isEmpty() ? time : Duration.ZERO)
                    .forEach(record -> message(record).ifPresent(messages::add));
        } catch (WakeupException e) {
            log.trace("woken up");
        }
        return messages;
    }

    /** Ends the current or the next wait; the only method for other threads. */
    void wakeup() {
        consumer.wakeup();
    }

    private Optional<Message> message(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || keyPrefix == null) {
            return Optional.empty();
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (!key.startsWith(keyPrefix) || key.indexOf('/', keyPrefix.length()) >= 0) {
            return Optional.empty();
        }
        if (record.value() == null) {
            return key.endsWith("/start") ? Optional.of(new Message(Optional.empty())) : Optional.empty();
        }
        try {
            return Optional.of(new Message(Optional.of(parse(record.value()))));
        } catch (VertexFailure e) {
            log.atError().addKeyValue("offset", record.offset()).setCause(e).log("command ignored");
            return Optional.empty();
        }
    }

    private static Command parse(byte[] value) {
        try {
            return Json.MAPPER.readValue(value, Command.class);
        } catch (JacksonException | IllegalArgumentException e) {
            throw VertexFailure.fatal("CONTROL-COMMAND", "not a command: " + e.getMessage(), null, null);
        }
    }

    private VertexFailure missing(String why) {
        return VertexFailure.fatal(
                "CONTROL-START-MISSING",
                "no start command at " + reference + ": " + why,
                null,
                "name the vertex in the reference as well, or start the run again");
    }

    @Override
    public void close() {
        KafkaClients.close(consumer);
    }
}
