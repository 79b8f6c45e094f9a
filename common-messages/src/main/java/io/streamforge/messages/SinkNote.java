package io.streamforge.messages;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Counters of a partition that a sink keeps beside the offset it commits to Kafka, as that offset's metadata.
 *
 * @param written rows the target took
 * @param rejected rows the target refused
 * @param unreadable records that held no row of the schema
 * @param bytes of the records that were written
 */
public record SinkNote(long written, long rejected, long unreadable, long bytes) {

    public static final SinkNote NOTHING = new SinkNote(0, 0, 0, 0);

    public SinkNote plus(SinkNote more) {
        return new SinkNote(
                written + more.written, rejected + more.rejected, unreadable + more.unreadable, bytes + more.bytes);
    }

    public String text() {
        return Json.MAPPER.writeValueAsString(this);
    }

    /** What was noted; nothing when somebody else committed the offset. */
    public static SinkNote parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return NOTHING;
        }
        try {
            return Json.MAPPER.readValue(text, SinkNote.class);
        } catch (JacksonException e) {
            return NOTHING;
        }
    }
}
