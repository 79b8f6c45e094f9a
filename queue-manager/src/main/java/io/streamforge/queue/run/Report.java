package io.streamforge.queue.run;

import io.streamforge.messages.WorkerStatus;
import io.streamforge.record.Position;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a vertex's worker last said, and when it last got further.
 *
 * @param seq of the event
 * @param at when the event was written
 * @param seenAt when it arrived here
 * @param progressAt when (by this clock) counters, positions or offsets last advanced, or the worker was caught up
 * @param events how many events were taken in so far, over all attempts
 */
public record Report(
        String producer,
        int attempt,
        long seq,
        WorkerStatus status,
        String message,
        Counters counters,
        long lag,
        Map<String, Position> positions,
        Map<Integer, Long> endOffsets,
        @Nullable Instant firstReadAt,
        @Nullable Instant lastCommitAt,
        Instant at,
        Instant seenAt,
        Instant progressAt,
        long events) {

    Report withProgressAt(Instant value) {
        return new Report(
                producer,
                attempt,
                seq,
                status,
                message,
                counters,
                lag,
                positions,
                endOffsets,
                firstReadAt,
                lastCommitAt,
                at,
                seenAt,
                value,
                events);
    }

    /**
     * Rows and bytes of the run, committed, over all attempts.
     *
     * @param rejected of a stage: of its input and of what it gave
     * @param emitted of a stage: rows it gave, which were then written, filtered or rejected; otherwise 0
     */
    public record Counters(long read, long written, long filtered, long rejected, long bytes, long emitted) {

        public static final Counters ZERO = new Counters(0, 0, 0, 0, 0);

        /** Of a vertex that gives the rows it reads. */
        public Counters(long read, long written, long filtered, long rejected, long bytes) {
            this(read, written, filtered, rejected, bytes, 0);
        }
    }
}
