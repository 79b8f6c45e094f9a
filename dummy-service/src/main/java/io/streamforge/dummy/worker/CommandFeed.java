package io.streamforge.dummy.worker;

import io.streamforge.dummy.kafka.KafkaAccess;
import io.streamforge.messages.Command;
import io.streamforge.messages.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The commands of one vertex, from its start command on. */
final class CommandFeed implements AutoCloseable {

    private static final Pattern PLACE = Pattern.compile("([^/]+)/(\\d{1,9})/(\\d{1,18})(?:/([^/]+)/([^/]+))?");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable String queueId;
    private @Nullable String vertex;

    /**
     * @param place {@code queue-control/3/1042/<queue_id>/<vertex>}; the last two may be absent
     * @throws IllegalArgumentException when it is no place
     */
    CommandFeed(KafkaAccess access, String place) {
        Matcher matcher = PLACE.matcher(place);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + place + "' is not the place of a command");
        }
        queueId = matcher.group(4);
        vertex = matcher.group(5);
        consumer = access.consumer(PATIENCE);
        TopicPartition partition = new TopicPartition(matcher.group(1), Integer.parseInt(matcher.group(2)));
        consumer.assign(List.of(partition));
        consumer.seek(partition, Long.parseLong(matcher.group(3)));
    }

    /** What was said to the vertex, after waiting for it at most for a time. */
    List<Command> poll(Duration time) {
        List<Command> commands = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(time)) {
            if (record.value() == null) {
                continue;
            }
            Command command = Json.MAPPER.readValue(record.value(), Command.class);
            if (queueId == null) {
                queueId = command.queueId();
                vertex = command.vertex();
            }
            if (command.queueId().equals(queueId) && command.vertex().equals(vertex)) {
                commands.add(command);
            }
        }
        return commands;
    }

    @Override
    public void close() {
        // It waits for no fetch that is under way.
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
