package io.streamforge.worker;

import io.streamforge.messages.Json;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Counters of a partition, kept beside the offset that is committed to Kafka.
 *
 * @param written rows the target took
 * @param rejected rows the target refused
 * @param unreadable records that held no row of the schema
 * @param bytes of the records that were written
 */
record SinkNote(long written, long rejected, long unreadable, long bytes) {

    static final SinkNote NOTHING = new SinkNote(0, 0, 0, 0);

    SinkNote plus(SinkNote more) {
        return new SinkNote(
                written + more.written, rejected + more.rejected, unreadable + more.unreadable, bytes + more.bytes);
    }

    OffsetAndMetadata at(long next) {
        return new OffsetAndMetadata(next, Json.MAPPER.writeValueAsString(this));
    }

    /** What was noted; nothing when somebody else committed the offset. */
    static SinkNote of(@Nullable OffsetAndMetadata committed) {
        if (committed == null || committed.metadata().isBlank()) {
            return NOTHING;
        }
        try {
            return Json.MAPPER.readValue(committed.metadata(), SinkNote.class);
        } catch (JacksonException e) {
            return NOTHING;
        }
    }
}
