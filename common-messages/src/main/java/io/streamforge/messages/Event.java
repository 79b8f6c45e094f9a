package io.streamforge.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.streamforge.record.Position;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * A fact a worker reports on {@code queue-events}, at least every five seconds and on every change of status. Counters are
 * those of the run, over all its attempts, as far as they are committed. Order is {@code (attempt, seq)}.
 *
 * @param producer the worker's telemetry id
 * @param recordsEmitted of a stage: rows it gave, before what its operators filtered and what was too large; otherwise 0
 * @param seq grows by one with each event; a worker that is started again in the same attempt begins above the last
 * @param lag records between the worker and the end of its input, -1 when it has no input topic
 * @param positions of a source: per split, committed; of a stage: per partition, what it has read and what it still needs
 * @param endOffsets of a vertex with an input: next offset per partition, committed to the target
 * @param schemaChange what a source waits for before it goes on, null when for nothing
 * @param firstReadAt when the first row was read, null before; together with {@code lastCommitAt} it gives the run's data time
 * @param traceparent where the worker stands in a trace, as W3C Trace Context writes it; null when it is in none
 */
public record Event(
        String queueId,
        String vertex,
        String producer,
        int attempt,
        long seq,
        @JsonUnwrapped Subject subject,
        WorkerStatus status,
        String message,
        long recordsRead,
        long recordsWritten,
        long recordsFiltered,
        long recordsRejected,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long recordsEmitted,
        long bytes,
        long lag,
        Map<String, Position> positions,
        Map<Integer, Long> endOffsets,
        boolean finished,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable ErrorInfo error,

        @Nullable SchemaChange schemaChange,

        @JsonSerialize(using = EpochSeconds.Writer.class) @JsonDeserialize(using = EpochSeconds.Reader.class) @Nullable Instant firstReadAt,

        @JsonSerialize(using = EpochSeconds.Writer.class) @JsonDeserialize(using = EpochSeconds.Reader.class) @Nullable Instant lastCommitAt,

        @JsonSerialize(using = EpochSeconds.Writer.class) @JsonDeserialize(using = EpochSeconds.Reader.class)
        Instant timestamp,

        @Nullable String traceparent) {}
