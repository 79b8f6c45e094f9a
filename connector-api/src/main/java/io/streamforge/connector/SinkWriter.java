package io.streamforge.connector;

import java.util.Map;
import java.util.Optional;

/** Writes rows to a target; all calls come from one thread. */
public interface SinkWriter extends AutoCloseable {

    /**
     * How far the target itself says it has been written, per partition: what a transactional target stored with its rows.
     * Called once, before the first write; it also takes possession, so that a writer of an older attempt is refused from now
     * on. A target that keeps no offsets returns empty and is read again from the offsets in Kafka (at least once).
     *
     * @return empty when the target keeps no offsets; otherwise an entry for each partition that it knows
     */
    Optional<Map<Integer, Progress>> restore() throws ConnectorException;

    /**
     * Writes a batch and makes it durable, with its offsets where the target keeps them, in one transaction. On return
     * the batch is done: every row is written or rejected, and it is filled anew, so that nothing of it may be kept. A target that keeps offsets is committed after {@link
     * SinkBatch#settle} has kept the rejected rows. When it throws, nothing of the batch is visible, or writing it again
     * leaves the same result.
     *
     * @throws ConnectorException {@code transient} or {@code connection} when trying again later can help; {@code fatal} with
     *     code {@link ConnectorException#SUPERSEDED} when a newer attempt has taken over
     */
    WriteResult write(SinkBatch batch) throws ConnectorException;

    /** Called once when the run's input has ended and all of it was written: the moment to put a finished result in place. */
    default void complete() throws ConnectorException {}

    /**
     * Frees what the writer holds, such as its connection; what is not committed is given up. The one method that may be called
     * while another thread is inside {@link #write}, when that call has not returned in time.
     */
    @Override
    void close();

    /**
     * What a target has of a partition.
     *
     * @param next offset of the first record that is not in the target
     * @param written rows written so far in this run
     * @param rejected rows rejected so far in this run
     */
    record Progress(long next, long written, long rejected) {}
}
