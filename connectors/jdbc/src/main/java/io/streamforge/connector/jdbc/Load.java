package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.WriteResult.Rejection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;

/** Brings rows of a batch into the target, within the transaction that is open. */
interface Load {

    /** Prepares a new connection, before its first transaction. */
    void prepare() throws SQLException;

    /**
     * Applies the rows of {@code rows[from, to)}, which are in ascending order.
     *
     * @param rejected receives the rows that were found wrong before the server saw them
     * @return how many updates met no row
     * @throws SQLException from the server; the transaction is broken then, {@link DatabaseErrors#rowCode} tells whether a
     *     row was the cause
     */
    long apply(SinkBatch batch, int[] rows, int from, int to, List<Rejection> rejected) throws SQLException;

    /** Makes room for the next rows of the same transaction. */
    void clear() throws SQLException;

    /** The rows of the batch that no later row of their key stands behind; all rows when they are only added. */
    BitSet last(SinkBatch batch);

    /** Which row of the batch was the n-th, from 1, that was sent last; -1 when fewer were sent. */
    int rowOfLine(int line);
}
