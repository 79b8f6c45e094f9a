package io.streamforge.connector.jdbc;

import java.util.Locale;

/** What a row does to the target. */
enum WriteMode {
    /** Adds it. */
    INSERT,
    /** Puts it in the place of the row of the same key; a tombstone deletes that row. */
    UPSERT;

    static WriteMode ofOption(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }

    String option() {
        return name().toLowerCase(Locale.ROOT);
    }
}
