package io.streamforge.connector.file;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.Position;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A place between two rows of a file.
 *
 * @param offset of the next row in the uncompressed file
 * @param line of the next row, from 1
 * @param head checksum of the file's first bytes
 * @param tail checksum of the bytes just before the offset
 */
record FilePosition(long offset, long line, long head, long tail) {

    static FilePosition at(InputWindow window, long line) {
        return new FilePosition(window.offset(), line, window.headChecksum(), window.tailChecksum());
    }

    static FilePosition of(Position position) throws ConnectorException {
        try {
            return new FilePosition(
                    position.number("offset").orElseThrow(),
                    position.number("line").orElseThrow(),
                    position.number("head").orElseThrow(),
                    position.number("tail").orElseThrow());
        } catch (java.util.NoSuchElementException e) {
            throw new ConnectorException(
                    "FILE-POSITION",
                    Category.FATAL,
                    "position " + position.values() + " is not a position in a file",
                    "start the workflow with from: fresh",
                    e);
        }
    }

    Position toPosition() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("offset", offset);
        values.put("line", line);
        values.put("head", head);
        values.put("tail", tail);
        return new Position(values);
    }

    /**
     * Moves the window behind the rows that were read before.
     *
     * @throws ConnectorException when the file is not, or no longer, the one the position was taken in
     */
    void seek(InputWindow window, String file) throws ConnectorException, IOException {
        if (!window.skipTo(offset)) {
            throw changed(file, "it is shorter than what was read of it (" + offset + " bytes)");
        }
        if (window.headChecksum() != head || window.tailChecksum() != tail) {
            throw changed(file, "what lies before byte " + offset + " is not what was read");
        }
        skipLateLineEnd(window);
    }

    /** The last row had no line end when it was read, and got one when the file grew. */
    private static void skipLateLineEnd(InputWindow window) throws IOException {
        if (window.start() == 0 || window.bytes()[window.start() - 1] == '\n') {
            return;
        }
        while (window.unparsed() < 2 && window.fill()) {
            // until both bytes of a line end are there
        }
        int at = window.start();
        byte[] bytes = window.bytes();
        if (window.unparsed() > 1 && bytes[at] == '\r' && bytes[at + 1] == '\n') {
            window.consume(at + 2);
        } else if (window.unparsed() > 0 && bytes[at] == '\n') {
            window.consume(at + 1);
        }
    }

    private static ConnectorException changed(String file, String how) {
        return new ConnectorException(
                "FILE-CHANGED",
                Category.FATAL,
                file + " was replaced or shortened after it had been read in part: " + how,
                "put the file back, or start the workflow with from: fresh to read the new one from its beginning");
    }
}
