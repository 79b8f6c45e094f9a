package io.streamforge.connector.file;

/**
 * @param delimiter ASCII character between cells
 * @param quote ASCII character around quoted cells, or {@link #NONE}
 * @param escape character that makes the next one literal within quotes; the quote itself when quotes are doubled
 * @param header whether the first row names the columns
 * @param nullText what an unquoted cell says for null; empty by default
 */
record CsvDialect(int delimiter, int quote, int escape, boolean header, String nullText) {

    /** Equals no byte. */
    static final int NONE = 256;

    static CsvDialect standard() {
        return new CsvDialect(',', '"', '"', true, "");
    }
}
