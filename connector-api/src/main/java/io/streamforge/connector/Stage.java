package io.streamforge.connector;

import java.util.OptionalLong;

/**
 * Takes the rows of a partition, in order, and gives rows of its output tables; used by one thread at a time.
 *
 * <p>What it gives, rejects and needs depends on the rows it was given and on nothing else: no clock, no chance, no system. That
 * is what makes it survive its worker. The rows it gives become visible together with the offset of its input, and nothing else
 * of it is kept: after a failure a new stage is given again what the old one {@link #needed}, with its output suppressed, and then
 * goes on.
 */
public interface Stage {

    /**
     * Takes a row. A row it cannot use it rejects ({@link StageOutput#reject}); what it throws ends the attempt.
     *
     * @param row valid during the call, as is its cursor
     */
    void process(StageRow row, StageOutput output);

    /** The input has ended: the moment to give what was still open. Called once, after the last row. */
    default void end(StageOutput output) {}

    /**
     * Offset of the oldest row that a new stage has to be given to become like this one, empty when it needs none. Never before
     * one it has said earlier. Asked between rows; cheap.
     *
     * <p>A stage that was given the rows from there on must give, reject and need the same for all rows to come as this one.
     */
    OptionalLong needed();
}
