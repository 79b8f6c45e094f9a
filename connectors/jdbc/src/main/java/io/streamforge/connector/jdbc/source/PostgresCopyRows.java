package io.streamforge.connector.jdbc.source;

import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * The rows of a query as PostgreSQL copies them out in binary, decoded into rows without an object per value. The format: a
 * header before the first row, then per row a count of fields and per field its length, -1 for null, and its bytes.
 */
public final class PostgresCopyRows implements RowStream {

    private static final int SIGNATURE = 11;
    private static final int EXTENSION_LENGTH_AT = SIGNATURE + Integer.BYTES;
    private static final int SHOWN_BYTES = 1024;

    private final PostgresCell[] cells;
    private final PostgresCell[] keyCells;
    private final int[] keyFields;
    private final RowSchema keySchema;
    private final RowWriter writer;

    /** Held in a field: the driver closes a connection whose object nobody reaches any more, even while it copies. */
    private final Connection connection;

    private final CopyOut copy;
    private final String place;
    private List<RejectedRow> rejected = new ArrayList<>();
    private boolean begun;
    private long row;

    private PostgresCopyRows(Connection connection, CopyOut copy, Selection selection, RowSchema schema) {
        this.connection = connection;
        this.copy = copy;
        place = selection.relation().name();
        cells = selection.columns().stream().map(PostgresCells::of).toArray(PostgresCell[]::new);
        keyCells = selection.order().stream().map(PostgresCells::of).toArray(PostgresCell[]::new);
        keyFields = selection.orderIndices();
        keySchema = selection.resumable() ? selection.orderSchema() : schema;
        writer = new RowWriter(schema);
    }

    /** @param sql of {@link SelectSql#rows} for the selection */
    public static PostgresCopyRows open(Connection connection, String sql, Selection selection, RowSchema schema)
            throws SQLException {
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (" + sql + ") TO STDOUT (FORMAT binary)");
        return new PostgresCopyRows(connection, copy, selection, schema);
    }

    @Override
    public @Nullable RowChunk next() throws SQLException {
        RowBuffer rows = new RowBuffer(ReadLimits.BATCH_BYTES + ReadLimits.BATCH_SLACK, ReadLimits.BATCH_ROWS / 4);
        writer.to(rows);
        byte @Nullable [] last = null;
        int lastAt = 0;
        while (rows.byteSize() < ReadLimits.BATCH_BYTES
                && rows.rows() < ReadLimits.BATCH_ROWS
                && rejected.size() < ReadLimits.MAX_REJECTED) {
            byte[] message = copy.isActive() ? copy.readFromCopy() : null;
            if (message == null) {
                break;
            }
            int at = begun ? 0 : skipHeader(message);
            if (at < message.length && BigEndian.int16(message, at) >= 0) {
                decode(message, at);
                last = message;
                lastAt = at;
            }
        }
        if (last == null) {
            requireOpen();
            return null;
        }
        List<RejectedRow> bad = rejected;
        rejected = new ArrayList<>();
        return new RowChunk(rows, bad, key(last, lastAt));
    }

    /** The end of a copy and the end of its connection look alike to the driver's caller. */
    private void requireOpen() throws SQLException {
        if (connection.isClosed()) {
            throw new SQLException("the connection was closed while rows were read", "08006");
        }
    }

    private int skipHeader(byte[] message) {
        begun = true;
        return EXTENSION_LENGTH_AT + Integer.BYTES + BigEndian.int32(message, EXTENSION_LENGTH_AT);
    }

    private void decode(byte[] message, int from) {
        row++;
        int at = from + Short.BYTES;
        try {
            for (PostgresCell cell : cells) {
                int length = BigEndian.int32(message, at);
                at += Integer.BYTES;
                if (length < 0) {
                    writer.writeNull();
                } else {
                    cell.decode(message, at, length, writer);
                    at += length;
                }
            }
            writer.endRow();
        } catch (InvalidValueException e) {
            writer.abandonRow();
            rejected.add(new RejectedRow(
                    place + ", row " + row,
                    "JDBC-VALUE",
                    String.valueOf(e.getMessage()),
                    Arrays.copyOfRange(message, from, Math.min(message.length, from + SHOWN_BYTES))));
        }
    }

    private List<String> key(byte[] message, int from) throws SQLException {
        try {
            return keyTexts(message, from);
        } catch (InvalidValueException e) {
            throw new SQLException("a key is out of bounds: " + e.getMessage(), "22023", e);
        }
    }

    private List<String> keyTexts(byte[] message, int from) {
        if (keyCells.length == 0) {
            return List.of();
        }
        RowWriter values = new RowWriter(keySchema);
        for (int i = 0; i < keyCells.length; i++) {
            int at = from + Short.BYTES;
            for (int field = 0; field < keyFields[i]; field++) {
                at += Integer.BYTES + Math.max(0, BigEndian.int32(message, at));
            }
            keyCells[i].decode(message, at + Integer.BYTES, BigEndian.int32(message, at), values);
        }
        values.endRow();
        RowCursor cursor = new RowCursor(keySchema).wrap(values.buffer(), 0);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < keyCells.length; i++) {
            texts.add(KeyText.of(java.util.Objects.requireNonNull(cursor.value(i))));
        }
        return texts;
    }
}
