package io.streamforge.worker;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a worker finds its start command: {@code queue-control/3/1042}, or with the command's owner {@code
 * queue-control/3/1042/<queue_id>/<vertex>}. The long form also finds the latest start of the vertex after compaction has
 * removed the record at the offset.
 *
 * @param owner the vertex whose command it is, empty in the short form
 */
public record CommandReference(String topic, int partition, long offset, Optional<Owner> owner) {

    private static final Pattern FORM = Pattern.compile("([^/]+)/(\\d{1,9})/(\\d{1,18})(?:/([^/]+)/([^/]+))?");

    /** The vertex a command is for. */
    public record Owner(String queueId, String vertex) {}

    public static CommandReference of(String topic, int partition, long offset, String queueId, String vertex) {
        return new CommandReference(topic, partition, offset, Optional.of(new Owner(queueId, vertex)));
    }

    /** @throws IllegalArgumentException when the text has neither form */
    public static CommandReference parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a command's place such as queue-control/3/1042/<queue_id>/<vertex>");
        }
        Optional<Owner> owner = matcher.group(4) == null
                ? Optional.empty()
                : Optional.of(new Owner(matcher.group(4), matcher.group(5)));
        return new CommandReference(
                matcher.group(1), Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3)), owner);
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return topic + "/" + partition + "/" + offset
                + owner.map(o -> "/" + o.queueId() + "/" + o.vertex()).orElse("");
    }
}
