package io.streamforge.messages;

import io.streamforge.record.Position;

/**
 * Value of the positions topic: how far a split has been read, with the counters of the run that read it, written in the same
 * transaction as the rows.
 *
 * @param queueId the run the counters belong to
 * @param done the split has been read to its end
 */
public record SourcePosition(
        String queueId,
        Position position,
        long read,
        long written,
        long filtered,
        long rejected,
        long bytes,
        boolean done) {}
