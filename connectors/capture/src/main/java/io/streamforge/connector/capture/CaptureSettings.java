package io.streamforge.connector.capture;

import java.time.Duration;

/**
 * How tables are captured.
 *
 * @param snapshot whether the rows that tables have already are read, or only their changes
 * @param chunkRows most rows of a chunk
 * @param snapshotRate rows per second that chunks may be read with, 0 for as many as come
 * @param schemaChanges what becomes of changed tables
 * @param heartbeat a log that has nothing to say lets know of itself so often
 * @param joining whether tables that appear while it reads join the others
 */
public record CaptureSettings(
        boolean snapshot,
        int chunkRows,
        long snapshotRate,
        SchemaChanges schemaChanges,
        Duration heartbeat,
        boolean joining) {

    public CaptureSettings {
        if (chunkRows < 1 || snapshotRate < 0) {
            throw new IllegalArgumentException(
                    "chunk rows must be at least 1 and the rate at least 0, got " + chunkRows + " and " + snapshotRate);
        }
    }

    /** Of the tables that there are at the beginning. */
    public CaptureSettings(
            boolean snapshot, int chunkRows, long snapshotRate, SchemaChanges schemaChanges, Duration heartbeat) {
        this(snapshot, chunkRows, snapshotRate, schemaChanges, heartbeat, false);
    }

    /** The same, with tables that appear or without them. */
    public CaptureSettings joining(boolean wanted) {
        return new CaptureSettings(snapshot, chunkRows, snapshotRate, schemaChanges, heartbeat, wanted);
    }
}
