package io.streamforge.loader.ws.exchange;

import io.streamforge.loader.api.exchange.PageRows;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/** Rows that wait to be given, per table. */
final class LiveRows {

    private final List<LiveStream> streams;
    private final Set<String> tables = new LinkedHashSet<>();
    private final Map<String, PageRows> open = new LinkedHashMap<>();
    private final Tracks tracks;

    LiveRows(List<LiveStream> streams, Tracks tracks) {
        this.streams = streams;
        this.tracks = tracks;
        streams.forEach(stream -> tables.add(stream.schema().name()));
    }

    PageRows of(LiveStream stream) {
        return open.computeIfAbsent(stream.schema().name(), table -> new PageRows(stream.schema(), table + " live"));
    }

    int size() {
        int size = 0;
        for (PageRows rows : open.values()) {
            size += rows.size();
        }
        return size;
    }

    /** Makes a batch of each table's rows. Each position covers the tables before and its own, so that any of them may be the last. */
    void give(Queue<RecordBatch> ready) {
        for (String table : tables) {
            PageRows rows = open.remove(table);
            streams.stream()
                    .filter(stream -> stream.schema().name().equals(table))
                    .forEach(tracks::give);
            if (rows != null && !rows.isEmpty()) {
                ready.add(rows.batch(tracks.position()));
            }
        }
    }

    /** A batch that only says how far the feed is, when there are no rows. */
    RecordBatch progress() {
        streams.forEach(tracks::give);
        return new RecordBatch(streams.get(0).schema(), new RowBuffer(16, 4), tracks.position());
    }
}
