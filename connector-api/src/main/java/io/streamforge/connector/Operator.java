package io.streamforge.connector;

import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;

/** A compiled stateless operator; used by one thread at a time. */
public interface Operator {

    /** The schema of the rows it gives; its key is the input's key where those columns still exist, otherwise empty. */
    RowSchema output();

    /**
     * Processes a batch: the result has the same position, fewer or the same rows, and the input's rejected rows plus its own.
     * Rows that are neither in the result nor newly rejected have been filtered.
     */
    RecordBatch apply(RecordBatch batch);
}
