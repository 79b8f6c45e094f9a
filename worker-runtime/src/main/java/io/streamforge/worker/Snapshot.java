package io.streamforge.worker;

import io.streamforge.messages.SchemaChange;
import io.streamforge.record.Position;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a vertex has done in this run, over all attempts, as far as it is committed; the fields are those of an event. */
record Snapshot(
        long read,
        long written,
        long filtered,
        long rejected,
        long emitted,
        long bytes,
        long lag,
        Map<String, Position> positions,
        Map<Integer, Long> endOffsets,
        @Nullable SchemaChange schemaChange,
        @Nullable Instant firstReadAt,
        @Nullable Instant lastCommitAt) {

    static final Snapshot NOTHING = new Snapshot(0, 0, 0, 0, 0, 0, -1, Map.of(), Map.of(), null, null, null);

    /** True when the other has the same progress; lag alone is none. */
    boolean sameProgress(Snapshot other) {
        return read == other.read
                && written == other.written
                && rejected == other.rejected
                && filtered == other.filtered
                && emitted == other.emitted
                && endOffsets.equals(other.endOffsets)
                && java.util.Objects.equals(schemaChange, other.schemaChange)
                && java.util.Objects.equals(firstReadAt, other.firstReadAt);
    }
}
