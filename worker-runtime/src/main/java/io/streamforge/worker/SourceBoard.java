package io.streamforge.worker;

import io.streamforge.messages.SchemaChange;
import io.streamforge.messages.SourcePosition;
import io.streamforge.record.Position;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Progress of all splits of a source, for the thread that reports it. */
final class SourceBoard {

    private final Map<String, SourcePosition> committed = new LinkedHashMap<>();
    private @Nullable SchemaChange schemaChange;
    private @Nullable Instant firstReadAt;
    private @Nullable Instant lastCommitAt;
    private final Tally tally;

    SourceBoard(Tally tally) {
        this.tally = tally;
    }

    Tally tally() {
        return tally;
    }

    synchronized void loaded(String split, SourcePosition position) {
        committed.put(split, position);
    }

    /** Splits whose position is known. */
    synchronized int loaded() {
        return committed.size();
    }

    /** A schema that is waited for, null when it has come. */
    synchronized void await(@Nullable SchemaChange change) {
        schemaChange = change;
    }

    synchronized void read() {
        if (firstReadAt == null) {
            firstReadAt = Instant.now();
        }
    }

    synchronized void committed(String split, SourcePosition position) {
        committed.put(split, position);
        lastCommitAt = Instant.now();
        tally.committed();
    }

    /** Rows of all splits but one, as far as committed, and whether each of them is done. */
    synchronized Totals without(String split) {
        Totals totals = new Totals(0, 0);
        for (Map.Entry<String, SourcePosition> entry : committed.entrySet()) {
            if (!entry.getKey().equals(split)) {
                totals = totals.plus(entry.getValue().read(), entry.getValue().rejected());
            }
        }
        return totals;
    }

    record Totals(long read, long rejected) {
        Totals plus(long moreRead, long moreRejected) {
            return new Totals(read + moreRead, rejected + moreRejected);
        }
    }

    synchronized Snapshot snapshot() {
        long read = 0;
        long written = 0;
        long filtered = 0;
        long rejected = 0;
        long bytes = 0;
        Map<String, Position> positions = new HashMap<>();
        for (Map.Entry<String, SourcePosition> entry : committed.entrySet()) {
            SourcePosition position = entry.getValue();
            read += position.read();
            written += position.written();
            filtered += position.filtered();
            rejected += position.rejected();
            bytes += position.bytes();
            positions.put(entry.getKey(), position.position());
        }
        return new Snapshot(
                read,
                written,
                filtered,
                rejected,
                0,
                bytes,
                -1,
                positions,
                Map.of(),
                schemaChange,
                firstReadAt,
                lastCommitAt);
    }
}
