package io.streamforge.connector.file;

/** Turns bytes into rows, or into rejected rows; never stops at a bad one. */
sealed interface RowParser permits CsvParser, JsonLinesParser {

    int NEED_MORE = -1;

    /**
     * Parses the row that begins at {@code from}.
     *
     * @param end whether the input ends at {@code to}
     * @return index after the row, or {@link #NEED_MORE}
     */
    int next(byte[] bytes, int from, int to, boolean end);

    /** Gives up a row of which {@code to - from} bytes are not enough; returns where to go on. */
    int giveUp(byte[] bytes, int from, int to);

    /** The line, from 1, at which the next row begins. */
    long line();
}
