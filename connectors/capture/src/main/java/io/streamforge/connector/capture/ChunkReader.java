package io.streamforge.connector.capture;

import io.streamforge.connector.ConnectorException;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Optional;

/** Reads tables in chunks over a connection of its own; called by the thread that reads the log. */
public interface ChunkReader extends AutoCloseable {

    /**
     * Whether the table's rows may be read: the log gives every change of them from now on that a chunk might miss. Asked before a
     * table is begun, again and again until it is true.
     */
    default boolean ready(RowSchema table) throws ConnectorException {
        return true;
    }

    /** The highest key at this moment, which bounds the last chunk; empty when the table has no rows. */
    Optional<List<String>> highestKey(RowSchema table) throws ConnectorException, InterruptedException;

    /**
     * Reads the rows behind {@code after} up to {@code upTo}.
     *
     * <p>What is read must show every transaction of which {@link ChangeLog#poll} has returned an event. A log may tell of a commit
     * before readers see it, so the reader must look, and read again where it does not.
     *
     * @param table its schema, keyed
     * @param after key of the last row that was read; empty at the table's beginning
     * @param limit most rows, at least one
     * @return empty when the table has other columns by now: the log will say so, and the chunk is asked for again
     */
    Optional<Chunk> read(RowSchema table, List<String> after, List<String> upTo, int limit)
            throws ConnectorException, InterruptedException;

    /**
     * Whether rows that the table had already may hold values in columns that have been added to it: because of a default, or because
     * they are computed. The log says nothing of those values.
     *
     * @param columns names of the new columns
     */
    boolean filled(RowSchema table, List<String> columns) throws ConnectorException;

    @Override
    void close();
}
