package io.streamforge.connector.jdbc.source;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.SynchronousSink;

/** Reads one split once; {@link #abort} alone may come from another thread. */
final class SplitReading {

    private static final Logger LOG = LoggerFactory.getLogger(SplitReading.class);

    private final JdbcSource source;
    private final Split split;
    private final Optional<Position> from;
    private final RowSchema schema;
    private final String plan;

    /** Held in a field: PostgreSQL's driver closes a connection whose object nobody reaches any more, even while it copies. */
    private volatile @Nullable Connection connection;

    private volatile boolean aborted;
    private @Nullable RowStream stream;
    private KeyPosition position;

    SplitReading(JdbcSource source, Split split, Optional<Position> from, RowSchema schema) {
        this.source = source;
        this.split = split;
        this.from = from;
        this.schema = schema;
        plan = String.valueOf(split.values().get(SplitPlan.PLAN));
        position = new KeyPosition(plan, List.of(), 0, 1);
    }

    void emit(SynchronousSink<RecordBatch> sink) {
        try {
            RowStream open = stream;
            if (open == null) {
                open = open();
                stream = open;
            }
            RowChunk chunk = open.next();
            if (chunk == null) {
                sink.complete();
            } else {
                sink.next(batch(chunk));
            }
        } catch (SQLException e) {
            fail(
                    sink,
                    source.dialect().failure("cannot read " + source.settings().shown(), e));
        } catch (ConnectorException e) {
            fail(sink, e);
        }
    }

    /** A reading that nobody waits for any more fails in silence: its connection was taken away. */
    private void fail(SynchronousSink<RecordBatch> sink, ConnectorException e) {
        if (aborted) {
            sink.complete();
        } else {
            sink.error(e);
        }
    }

    private RowStream open() throws SQLException, ConnectorException {
        Optional<KeyPosition> reached = reached();
        Connection opened = source.dialect().connect("streamforge/" + split.id());
        connection = opened;
        if (aborted) {
            abort();
        }
        KeyRange range = KeyRange.of(split);
        Selection all = source.select(opened);
        Selection selection = range.nulls() ? all.withoutKey() : all;
        if (!selection.schema().columns().equals(schema.columns())) {
            throw changed(selection);
        }
        if (reached.isPresent() && !selection.resumable()) {
            throw notResumable(reached.get());
        }
        String moment = source.snapshot().join(opened);
        @Nullable List<String> after = null;
        if (reached.isPresent()) {
            after = reached.get().key();
            position = new KeyPosition(
                    plan, after, reached.get().rows(), reached.get().snapshots() + 1);
            LOG.atWarn()
                    .addKeyValue("split", split.id())
                    .addKeyValue("snapshot", moment)
                    .addKeyValue("rows_before", position.rows())
                    .log("reading was interrupted and goes on in a later snapshot");
        }
        String sql = source.dialect().sql().rows(selection, range, after, OptionalInt.empty());
        return source.dialect().open(opened, sql, selection, schema);
    }

    /** Where this run has come to; a position of an earlier run counts for incremental reading only. */
    private Optional<KeyPosition> reached() throws ConnectorException {
        if (from.isEmpty()) {
            return Optional.empty();
        }
        KeyPosition found = KeyPosition.of(from.get());
        boolean ours = found.plan().equals(plan);
        if (!ours && source.settings().incremental().isEmpty()) {
            return Optional.empty();
        }
        return found.rows() == 0 ? Optional.empty() : Optional.of(found);
    }

    private RecordBatch batch(RowChunk chunk) {
        position = new KeyPosition(plan, chunk.lastKey(), position.rows() + chunk.size(), position.snapshots());
        return new RecordBatch(schema, chunk.rows(), position.toPosition(), chunk.rejected());
    }

    /** Closes the socket at once, whatever the reading thread does with the connection. */
    void abort() {
        aborted = true;
        Connection doomed = connection;
        if (doomed != null) {
            try {
                doomed.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.atDebug().setCause(e).log("connection could not be aborted");
            }
        }
    }

    void close() {
        Connection done = connection;
        connection = null;
        if (done != null) {
            try {
                done.close();
            } catch (SQLException e) {
                LOG.atDebug().setCause(e).log("connection could not be closed");
            }
        }
    }

    private ConnectorException changed(Selection selection) {
        return new ConnectorException(
                "JDBC-TABLE-CHANGED",
                Category.FATAL,
                source.settings().shown() + " had the columns " + schema.columns()
                        + " when the run was planned, now it has "
                        + selection.schema().columns(),
                "start a new run");
    }

    private ConnectorException notResumable(KeyPosition reached) {
        return new ConnectorException(
                "JDBC-NOT-RESUMABLE",
                Category.FATAL,
                source.settings().shown() + " was read up to row " + reached.rows()
                        + ", and its rows have no unique order to go on by",
                "name a split_key that is unique or give the table a primary key; to read everything again, start with from:"
                        + " fresh");
    }
}
