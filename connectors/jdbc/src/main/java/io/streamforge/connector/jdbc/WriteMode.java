package io.streamforge.connector.jdbc;

import java.util.Locale;

/** What a row does to the target. */
enum WriteMode {
    /** Adds it. */
    INSERT,
    /** Puts it in the place of the row of the same key; a tombstone deletes that row. */
    UPSERT,
    /** Changes the row of the same key; where there is none, nothing is added. A tombstone deletes. */
    UPDATE,
    /** Takes part in the new content, which takes the place of the old one when the run is complete. */
    REPLACE;

    static WriteMode ofOption(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }

    String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True when a row cannot be written without knowing its key. */
    boolean needsKey() {
        return this == UPSERT || this == UPDATE;
    }
}
