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
 */
public record CaptureSettings(
        boolean snapshot, int chunkRows, long snapshotRate, SchemaChanges schemaChanges, Duration heartbeat) {

    public CaptureSettings {
        if (chunkRows < 1 || snapshotRate < 0) {
            throw new IllegalArgumentException(
                    "chunk rows must be at least 1 and the rate at least 0, got " + chunkRows + " and " + snapshotRate);
        }
    }
}
