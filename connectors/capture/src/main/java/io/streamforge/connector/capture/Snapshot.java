package io.streamforge.connector.capture;

import io.streamforge.connector.ConnectorException;
import io.streamforge.record.RowSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which chunk of which table is next; one table after the other, in their order. */
final class Snapshot {

    private final ChunkReader reader;
    private final int chunkRows;
    private final boolean wanted;
    private final Map<String, TableProgress> progress = new LinkedHashMap<>();

    /**
     * @param known progress of a former run; tables that are not captured any more are forgotten, so that they begin anew when they
     *     come back. Without a snapshot the rows are left out that the first tables have at the beginning; of tables that join later all are new
     */
    Snapshot(ChunkReader reader, List<RowSchema> tables, CapturePosition known, CaptureSettings settings) {
        this.reader = reader;
        chunkRows = settings.chunkRows();
        wanted = settings.snapshot();
        for (RowSchema table : tables) {
            Optional<TableProgress> before = known.table(table.name());
            if (before.isPresent()) {
                progress.put(table.name(), before.get());
            } else if (!settings.snapshot() && known.log().isEmpty()) {
                progress.put(table.name(), new TableProgress.Done());
            }
        }
    }

    Map<String, TableProgress> progress() {
        return progress;
    }

    /** The next chunk of the first table that is not done and may be read; empty when there is none, or it has other columns by now. */
    Optional<ChunkWindow> next(Iterable<RowSchema> tables) throws ConnectorException, InterruptedException {
        for (RowSchema table : tables) {
            TableProgress.Reading reading = reading(table);
            if (reading != null) {
                return reader.read(table, reading.after(), reading.upTo(), chunkRows)
                        .map(chunk -> new ChunkWindow(table, chunk));
            }
        }
        return Optional.empty();
    }

    /** Null when the table is done, or cannot be begun yet. */
    private TableProgress.@org.jspecify.annotations.Nullable Reading reading(RowSchema table)
            throws ConnectorException, InterruptedException {
        TableProgress known = progress.get(table.name());
        if (known == null) {
            if (!reader.ready(table)) {
                return null;
            }
            Optional<List<String>> highest = reader.highestKey(table);
            known = highest.isPresent()
                    ? new TableProgress.Reading(List.of(), highest.get())
                    : new TableProgress.Done();
            progress.put(table.name(), known);
        }
        return known instanceof TableProgress.Reading reading ? reading : null;
    }

    /** The table is read again from its beginning, where the rows that tables have are wanted at all. */
    void again(String table) {
        if (wanted) {
            progress.remove(table);
        }
    }

    /** The chunk is emitted. */
    void finished(String table, Chunk chunk) {
        if (chunk.last()) {
            progress.put(table, new TableProgress.Done());
        } else if (progress.get(table) instanceof TableProgress.Reading reading) {
            progress.put(table, new TableProgress.Reading(chunk.lastKey(), reading.upTo()));
        }
    }
}
