package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkBatch;
import io.streamforge.record.Framing;
import io.streamforge.record.RowCursor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Which row of a batch is the last of its key. Keys are compared by their encoded bytes. Deletes take part only where the records' keys are
 * the target's.
 */
final class KeyIndex {

    private final Mapping mapping;
    private final RowCursor cursor;

    KeyIndex(Mapping mapping) {
        this.mapping = mapping;
        cursor = new RowCursor(mapping.schema());
    }

    /**
     * @param superseding receives the rows that have an earlier row of their key among {@code rows[from, to)}
     * @return the rows of {@code rows[from, to)} that have no later one of their key
     */
    BitSet last(SinkBatch batch, int[] rows, int from, int to, BitSet superseding) {
        Map<ByteBuffer, Integer> lastOf = new HashMap<>((to - from) * 2);
        BitSet last = new BitSet(batch.size());
        for (int i = from; i < to; i++) {
            Integer earlier = lastOf.put(key(batch, rows[i]), rows[i]);
            if (earlier != null) {
                last.clear(earlier);
                superseding.set(rows[i]);
            }
            last.set(rows[i]);
        }
        return last;
    }

    private ByteBuffer key(SinkBatch batch, int row) {
        ByteBuffer key = batch.key(row);
        if (key != null && mapping.deletes()) {
            return key.position(key.position() + Framing.SIZE);
        }
        return keyOfValue(batch.value(row, cursor));
    }

    private ByteBuffer keyOfValue(RowCursor value) {
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        for (int column : mapping.key()) {
            key.write(value.array(), value.start(column), value.end(column) - value.start(column));
        }
        return ByteBuffer.wrap(key.toByteArray());
    }
}
