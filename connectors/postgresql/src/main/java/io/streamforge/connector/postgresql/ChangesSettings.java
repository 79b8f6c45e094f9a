package io.streamforge.connector.postgresql;

import io.streamforge.connector.capture.CaptureSettings;
import io.streamforge.connector.jdbc.JdbcAccess;
import java.util.List;
import java.util.Optional;

/**
 * What is captured.
 *
 * @param place server and database, for people
 * @param tables patterns of {@code schema.table}
 * @param slot name of the slot and the publication; empty when it follows from the workflow's
 * @param maxSlotBytes of log that the server may keep for the slot before a warning
 */
record ChangesSettings(
        JdbcAccess access,
        String place,
        List<String> tables,
        Optional<String> slot,
        long maxSlotBytes,
        CaptureSettings capture) {

    ChangesSettings {
        tables = List.copyOf(tables);
    }
}
