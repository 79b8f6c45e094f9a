package io.streamforge.worker;

import io.streamforge.messages.SinkNote;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Progress of a sink per partition, for the thread that reports it. */
final class SinkBoard {

    private final Map<Integer, Long> next = new TreeMap<>();
    private final Map<Integer, SinkNote> notes = new HashMap<>();
    private long lag;
    private @Nullable Instant firstReadAt;
    private @Nullable Instant lastCommitAt;
    private final Tally tally;

    SinkBoard(Tally tally) {
        this.tally = tally;
    }

    Tally tally() {
        return tally;
    }

    /** The others are somebody else's to report. */
    synchronized void keep(Collection<Integer> partitions) {
        next.keySet().retainAll(partitions);
        notes.keySet().retainAll(partitions);
        lag = 0;
    }

    synchronized void loaded(int partition, long offset, SinkNote note) {
        next.put(partition, offset);
        notes.put(partition, note);
    }

    synchronized void read() {
        if (firstReadAt == null) {
            firstReadAt = Instant.now();
        }
    }

    synchronized void lag(long records) {
        lag = records;
    }

    /** The partition has been written to before {@code offset}; returns its counters. */
    synchronized SinkNote written(int partition, long offset, SinkNote more) {
        next.put(partition, offset);
        lastCommitAt = Instant.now();
        return notes.merge(partition, more, SinkNote::plus);
    }

    synchronized SinkNote totals() {
        return notes.values().stream().reduce(SinkNote.NOTHING, SinkNote::plus);
    }

    synchronized Snapshot snapshot() {
        SinkNote totals = totals();
        long rejected = totals.rejected() + totals.unreadable();
        return new Snapshot(
                totals.written() + rejected,
                totals.written(),
                0,
                rejected,
                0,
                totals.bytes(),
                lag,
                Map.of(),
                Map.copyOf(next),
                null,
                firstReadAt,
                lastCommitAt);
    }
}
