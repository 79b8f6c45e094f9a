package io.streamforge.connector;

import io.streamforge.messages.Task.Split;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;

/**
 * A configured source. {@link #discover} and {@link #read} may be called from different threads and processes; {@code read} is
 * called once per split, each on a thread of its own that may block.
 */
public interface Source extends AutoCloseable {

    /**
     * Connects and tells what there is to read. Called before a run starts, and by plan and check.
     *
     * @throws ConnectorException when the system cannot be reached, refuses, or has not what the options name
     */
    Discovery discover() throws ConnectorException;

    /**
     * Reads a split from after {@code from}, or from its beginning.
     *
     * <p>The flux is cold, is subscribed once on a thread that may block, emits on it, and honours demand: it holds no more
     * than a batch that nobody asked for. A batch is best 64 KiB to 1 MiB of rows; a source with nothing to give waits, and
     * an unbounded one emits a batch without rows now and then so that its position advances. Completion means that the split
     * has been read to its end; failures arrive as {@link ConnectorException}. Cancellation frees all resources; a blocked
     * read is interrupted.
     *
     * @param schema what {@link #discover} found when the run started; rows that do not fit it are rejected rows of the batch
     */
    Flux<RecordBatch> read(Split split, Optional<Position> from, RowSchema schema);

    /**
     * As {@link #read(Split, Optional, RowSchema)}, for a source of several tables: each batch has the schema of its table. Where the
     * discovery said {@link Discovery#evolving}, that may be another one from some batch on, also one without rows, and in every read
     * behind that batch's position. Where the context says {@link SourceContext#joining}, it may be that of another table.
     */
    default Flux<RecordBatch> read(Split split, Optional<Position> from, List<RowSchema> schemas) {
        return read(split, from, schemas.get(0));
    }

    /** Tells who reads; called once, before the first read. */
    default void begin(SourceContext context) {}

    /**
     * Removes what the source keeps in its system for a workflow that is deleted, such as a replication slot; may be called
     * again, and by a source that never read.
     *
     * @throws ConnectorException when it may still be there
     */
    default void forget(SourceContext context) throws ConnectorException {}

    /** What the source measures, by name: {@code slot_lag_bytes}; may be called by any thread while it reads. */
    default Map<String, Long> measures() {
        return Map.of();
    }

    /** Called after {@code position} and all rows before it are durable in Kafka; the source may forget what lies before. */
    default void acknowledge(Split split, Position position) {}

    /** Frees what the source holds; called once, after the last read. */
    @Override
    default void close() {}
}
