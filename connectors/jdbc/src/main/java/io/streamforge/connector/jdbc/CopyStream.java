package io.streamforge.connector.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** One {@code COPY … FROM STDIN}: rows are collected and sent in pieces of about 64 KiB, so that the server works meanwhile. */
final class CopyStream {

    private static final int PIECE = 64 * 1024;
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int TRAILER = -1;

    private final CopyIn copy;
    private final CopyBuffer buffer;

    private CopyStream(CopyIn copy, CopyBuffer buffer) {
        this.copy = copy;
        this.buffer = buffer;
    }

    /** A buffer to use for one stream after another. */
    static CopyBuffer newBuffer() {
        return new CopyBuffer(PIECE + PIECE / 4);
    }

    static CopyStream start(Connection connection, String sql, CopyBuffer buffer) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        buffer.truncate(0);
        buffer.putBytes(SIGNATURE, 0, SIGNATURE.length);
        buffer.putInt(0);
        buffer.putInt(0);
        return new CopyStream(copy, buffer);
    }

    /** Where rows are appended; {@link #rowAdded} follows each. */
    CopyBuffer buffer() {
        return buffer;
    }

    void rowAdded() throws SQLException {
        if (buffer.length() >= PIECE) {
            send();
        }
    }

    /** Ends the statement; the server reports here what was wrong with the rows. */
    void end() throws SQLException {
        buffer.putShort(TRAILER);
        send();
        copy.endCopy();
    }

    /** Gives up a statement that is still open, so that the connection can be used again. */
    void cancel() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private void send() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.length());
        buffer.truncate(0);
    }
}
