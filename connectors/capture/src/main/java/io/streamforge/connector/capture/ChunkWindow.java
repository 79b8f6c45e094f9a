package io.streamforge.connector.capture;

import io.streamforge.record.Op;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chunk between its watermarks. Invariant: what remains are the rows that no change seen since the chunk was read has touched, so
 * that putting them after those changes takes no key backwards (the idea of Netflix's DBLog).
 */
final class ChunkWindow {

    private final RowSchema schema;
    private final Chunk chunk;
    private final RowCursor cursor;
    private final int[] key;
    private final BitSet untouched;
    /** Made when the first change comes; most windows see none. */
    private @Nullable Map<ByteBuffer, Integer> rowOfKey;

    ChunkWindow(RowSchema schema, Chunk chunk) {
        this.schema = schema;
        this.chunk = chunk;
        cursor = new RowCursor(schema);
        key = schema.keyIndices();
        untouched = new BitSet();
        untouched.set(0, chunk.rows().rows());
    }

    String table() {
        return schema.name();
    }

    Chunk chunk() {
        return chunk;
    }

    /** Drops the rows that the changes touch. */
    void changed(RowBuffer changes) {
        Map<ByteBuffer, Integer> rows = rowOfKey();
        for (int i = 0; i < changes.rows(); i++) {
            Integer row = rows.get(keyOf(changes, i));
            if (row != null) {
                untouched.clear(row);
            }
        }
    }

    /** Drops all rows: the table was emptied, and what it has got since is in the log. */
    void truncated() {
        untouched.clear();
    }

    /** The rows that no change has touched, as snapshot rows. */
    RowBuffer remaining() {
        RowBuffer rows = chunk.rows();
        RowBuffer remaining = new RowBuffer(rows.byteSize(), untouched.cardinality());
        untouched.stream()
                .forEach(row -> remaining.append(
                        rows.array(), rows.start(row), rows.end(row), Op.SNAPSHOT, rows.timestampMicros(row)));
        return remaining;
    }

    private Map<ByteBuffer, Integer> rowOfKey() {
        Map<ByteBuffer, Integer> known = rowOfKey;
        if (known == null) {
            known = new HashMap<>();
            for (int row = 0; row < chunk.rows().rows(); row++) {
                known.put(keyOf(chunk.rows(), row), row);
            }
            rowOfKey = known;
        }
        return known;
    }

    private ByteBuffer keyOf(RowBuffer rows, int row) {
        if (rows.op(row) == Op.DELETE) {
            return ByteBuffer.wrap(rows.array(), rows.start(row), rows.end(row) - rows.start(row));
        }
        cursor.wrap(rows, row);
        int size = 0;
        for (int column : key) {
            size += cursor.end(column) - cursor.start(column);
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        for (int column : key) {
            bytes.put(cursor.array(), cursor.start(column), cursor.end(column) - cursor.start(column));
        }
        return bytes.flip();
    }
}
