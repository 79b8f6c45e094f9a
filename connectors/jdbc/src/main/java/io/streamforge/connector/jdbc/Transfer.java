package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.WriteResult.Rejection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Sends rows of a batch, or their keys, to one table in bulk. */
interface Transfer {

    /** Rows whose values the table cannot hold are rejected; all others are sent. */
    void copy(Connection connection, SinkBatch batch, int[] rows, int from, int to, List<Rejection> rejected)
            throws SQLException;

    /** Which row of the batch was the n-th, from 1, of the last call; -1 when fewer were sent. */
    int rowOfLine(int line);
}
