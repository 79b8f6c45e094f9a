package io.streamforge.messages;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * A rejected record, the value of {@code <queue_id>-dead}. Its key is where the record stood, so writing it twice leaves one.
 *
 * @param place topic/partition/offset, or the source's own place ({@code orders.csv:17})
 * @param key framed key bytes of the record, null when it had none or never became a record
 * @param value framed value bytes; for input that never became a row, the raw input
 * @param encoding {@code record} when key and value are those of the data topic, {@code raw} when value is raw input
 */
public record DeadLetter(
        String queueId,
        String vertex,
        String place,
        String encoding,
        byte @Nullable [] key,
        byte @Nullable [] value,
        ErrorInfo error,

        @JsonSerialize(using = EpochSeconds.Writer.class) @JsonDeserialize(using = EpochSeconds.Reader.class)
        Instant timestamp) {

    /** True when it holds a row of a data topic, rather than input that never became one. */
    public boolean row() {
        return encoding.equals("record");
    }
}
