package io.streamforge.connector.capture;

import java.util.Locale;

/** What may happen to a table's definition; a renamed column is one dropped and one added. */
public enum SchemaChangeKind {
    ADD_COLUMN,
    DROP_COLUMN,
    ALTER_COLUMN;

    /** As the option writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when it is none */
    static SchemaChangeKind ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
