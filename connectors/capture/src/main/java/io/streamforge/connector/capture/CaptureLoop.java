package io.streamforge.connector.capture;

import io.streamforge.connector.ConnectorException;
import io.streamforge.record.Column;
import io.streamforge.record.Op;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the chunks of the snapshot into the stream of the log; for one thread. Invariant: what has been given can be committed
 * after any batch, and reading on from that batch's position loses and repeats nothing.
 */
final class CaptureLoop {

    private static final Duration WAIT = Duration.ofMillis(200);
    private static final long PROGRESS_NANOS = Duration.ofSeconds(1).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;

    private final ChangeLog log;
    private final ChunkReader chunks;
    private final Snapshot snapshot;
    private final CaptureSettings settings;
    private final LongSupplier clock;
    private final Map<String, CapturedTable> tables = new LinkedHashMap<>();
    private final Queue<RecordBatch> ready = new ArrayDeque<>();
    private final CapturedTable anyTable;

    private @Nullable ChunkWindow window;
    private long nextChunkAt;
    private long lastGivenAt;

    /**
     * @param schemas in which rows are written, from the run's start on
     * @param from where a former attempt was, with an empty log when there was none
     */
    CaptureLoop(
            ChangeLog log,
            ChunkReader chunks,
            List<RowSchema> schemas,
            CapturePosition from,
            CaptureSettings settings,
            LongSupplier clock) {
        this.log = log;
        this.chunks = chunks;
        this.settings = settings;
        this.clock = clock;
        snapshot = new Snapshot(chunks, schemas, from, settings);
        boolean begins = from.log().isEmpty();
        schemas.forEach(
                schema -> tables.put(schema.name(), new CapturedTable(schema, from.columns(schema.name()), begins)));
        anyTable = tables.values().iterator().next();
        nextChunkAt = clock.getAsLong();
        lastGivenAt = nextChunkAt - PROGRESS_NANOS;
    }

    /** The next batch; waits for it. */
    RecordBatch next() throws ConnectorException, InterruptedException {
        while (ready.isEmpty()) {
            openWindow();
            LogEvent event = log.poll(WAIT);
            if (event != null) {
                take(event);
            }
        }
        lastGivenAt = clock.getAsLong();
        return ready.remove();
    }

    private void openWindow() throws ConnectorException, InterruptedException {
        if (window != null || clock.getAsLong() < nextChunkAt) {
            return;
        }
        List<RowSchema> found =
                tables.values().stream().map(CapturedTable::found).toList();
        Optional<ChunkWindow> next = snapshot.next(found);
        if (next.isPresent()) {
            window = next.get();
            hold(next.get().chunk().rows().rows());
        } else {
            nextChunkAt = clock.getAsLong() + WAIT.toNanos();
        }
    }

    private void hold(int rows) {
        if (settings.snapshotRate() > 0) {
            nextChunkAt = clock.getAsLong() + (long) (rows * NANOS_PER_SECOND / settings.snapshotRate());
        }
    }

    private void take(LogEvent event) throws ConnectorException {
        if (event instanceof LogEvent.Rows rows) {
            changed(rows);
        } else if (event instanceof LogEvent.Truncated truncated) {
            truncated(truncated);
        } else if (event instanceof LogEvent.SchemaChanged change) {
            schemaChanged(change);
        } else if (window == null && clock.getAsLong() - lastGivenAt >= PROGRESS_NANOS) {
            give(anyTable.written(), new RowBuffer(), event.after());
        }
        closeWindow(event.after());
    }

    private void changed(LogEvent.Rows rows) {
        CapturedTable table = tables.get(rows.schema().name());
        if (table == null) {
            return;
        }
        table.settle();
        if (window != null && window.table().equals(rows.schema().name())) {
            window.changed(rows.rows());
        }
        give(table.written(), table.shape(rows.rows()), rows.after(), rows.rejected());
    }

    private void truncated(LogEvent.Truncated truncated) {
        CapturedTable table = tables.get(truncated.table());
        if (table == null) {
            return;
        }
        if (window != null && window.table().equals(truncated.table())) {
            window.truncated();
        }
        RowBuffer row = new RowBuffer();
        row.append(new byte[0], 0, 0, Op.TRUNCATE, truncated.timestampMicros());
        give(table.written(), row, truncated.after());
    }

    private void schemaChanged(LogEvent.SchemaChanged change) throws ConnectorException {
        CapturedTable table = tables.get(change.schema().name());
        if (table == null) {
            return;
        }
        SchemaChanges rules = table.settled() || !settings.schemaChanges().followed()
                ? settings.schemaChanges()
                : settings.schemaChanges().behind();
        table.settle();
        if (table.found().equals(change.schema())) {
            return;
        }
        SchemaDecision decision = rules.decide(table.written(), change.schema());
        if (decision instanceof SchemaDecision.Write write) {
            readAgainWhenFilled(table, change.schema(), write.schema());
            table.change(change.schema(), write.schema());
            if (write.changed()) {
                // Says so although no row may follow soon.
                give(write.schema(), new RowBuffer(), change.after());
            }
        } else if (decision instanceof SchemaDecision.Halt halt) {
            throw CaptureErrors.schema(halt);
        }
        if (window != null && window.table().equals(change.schema().name())) {
            // Its rows have the columns of before; the chunk is read again.
            window = null;
        }
    }

    /** Values that rows have got by the change itself, from a default or under another name, are not in the log. */
    private void readAgainWhenFilled(CapturedTable table, RowSchema found, RowSchema written)
            throws ConnectorException {
        List<String> added = names(found).stream()
                .filter(name -> table.found().indexOf(name) < 0 && written.indexOf(name) >= 0)
                .toList();
        boolean renamed = !names(found).containsAll(names(table.found()));
        if (!added.isEmpty() && (renamed || chunks.filled(found, added))) {
            snapshot.again(found.name());
        }
    }

    private static List<String> names(RowSchema schema) {
        return schema.columns().stream().map(Column::name).toList();
    }

    private void closeWindow(LogPosition at) {
        ChunkWindow open = window;
        if (open == null || !at.covers(open.chunk().high())) {
            return;
        }
        window = null;
        CapturedTable table = tables.get(open.table());
        snapshot.finished(open.table(), open.chunk());
        if (table != null) {
            give(
                    table.written(),
                    table.shape(open.remaining()),
                    at,
                    open.chunk().rejected());
        }
    }

    private void give(RowSchema schema, RowBuffer rows, LogPosition after) {
        give(schema, rows, after, List.of());
    }

    private void give(RowSchema schema, RowBuffer rows, LogPosition after, List<RejectedRow> rejected) {
        CapturePosition position = new CapturePosition(after.values(), snapshot.progress(), columns());
        ready.add(new RecordBatch(schema, rows, position.position(), rejected));
    }

    private Map<String, TableColumns> columns() {
        if (!settings.schemaChanges().followed()) {
            return Map.of();
        }
        Map<String, TableColumns> columns = new LinkedHashMap<>();
        tables.forEach((name, table) -> columns.put(name, table.columns()));
        return columns;
    }
}
