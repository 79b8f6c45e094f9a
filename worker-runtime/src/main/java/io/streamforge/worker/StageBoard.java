package io.streamforge.worker;

import io.streamforge.messages.StageNote;
import io.streamforge.record.Position;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Progress of a stage per partition, for the thread that reports it. */
final class StageBoard {

    private final Tally tally;
    private final Map<Integer, Long> committed = new TreeMap<>();
    private final Map<Integer, StageNote> notes = new HashMap<>();
    private final Map<String, Position> positions = new TreeMap<>();
    private final Map<Integer, Long> lags = new HashMap<>();
    private @Nullable Instant firstReadAt;
    private @Nullable Instant lastCommitAt;

    StageBoard(Tally tally) {
        this.tally = tally;
    }

    Tally tally() {
        return tally;
    }

    synchronized void loaded(int partition, long offset, StageNote note) {
        committed.put(partition, offset);
        notes.put(partition, note);
    }

    /** Partitions of which is known where they go on. */
    synchronized int loaded() {
        return committed.size();
    }

    /** The stage has been given what lies before {@code next}, perhaps for the second time. */
    synchronized void at(int partition, long next, long lag) {
        lags.put(partition, lag);
        StageNote note = notes.getOrDefault(partition, StageNote.NOTHING);
        positions.put(String.valueOf(partition), Position.of("next", next, "needed", note.needed()));
    }

    synchronized void read() {
        if (firstReadAt == null) {
            firstReadAt = Instant.now();
        }
    }

    synchronized void committed(int partition, long offset, StageNote note) {
        loaded(partition, offset, note);
        lastCommitAt = Instant.now();
        tally.committed();
    }

    /** Rows of all partitions but one, as far as committed. */
    synchronized StageNote without(int partition) {
        return notes.entrySet().stream()
                .filter(entry -> entry.getKey() != partition)
                .map(Map.Entry::getValue)
                .reduce(StageNote.NOTHING, StageNote::plus);
    }

    synchronized StageNote totals() {
        return notes.values().stream().reduce(StageNote.NOTHING, StageNote::plus);
    }

    synchronized Snapshot snapshot() {
        StageNote totals = totals();
        return new Snapshot(
                totals.read(),
                totals.written(),
                totals.filtered(),
                totals.rejected(),
                totals.emitted(),
                totals.bytes(),
                lags.values().stream().mapToLong(Long::longValue).sum(),
                Map.copyOf(positions),
                Map.copyOf(committed),
                null,
                firstReadAt,
                lastCommitAt);
    }
}
