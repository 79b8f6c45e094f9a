package io.streamforge.connector.jdbc;

import java.util.Locale;

/** What SQLite does to values of a column, by its declared type (sqlite.org/datatype3.html, section 3.1). */
public enum SqliteAffinity {
    INTEGER,
    TEXT,
    /** Keeps every value as it is. */
    BLOB,
    REAL,
    /** Turns text that looks like a number into one. */
    NUMERIC;

    public static SqliteAffinity of(String declared) {
        String type = declared.toUpperCase(Locale.ROOT);
        if (type.contains("INT")) {
            return INTEGER;
        }
        if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
            return TEXT;
        }
        if (type.isEmpty() || type.contains("BLOB")) {
            return BLOB;
        }
        if (type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB")) {
            return REAL;
        }
        return NUMERIC;
    }

    boolean keepsText() {
        return this == TEXT || this == BLOB;
    }

    boolean keepsWhole() {
        return this == INTEGER || this == NUMERIC || this == BLOB;
    }
}
