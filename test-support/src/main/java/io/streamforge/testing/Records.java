package io.streamforge.testing;

import io.streamforge.connector.SinkBatch;
import io.streamforge.record.Framing;
import io.streamforge.record.Op;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a batch of consecutive records of one partition out of Java values, encoded as they travel in a topic. */
public final class Records {

    private static final int SCHEMA_ID = 1;

    private final RowSchema schema;
    private final int partition;
    private final long first;
    private final SinkBatch batch = new SinkBatch();
    private long next;

    private Records(RowSchema schema, int partition, long first) {
        this.schema = schema;
        this.partition = partition;
        this.first = first;
        next = first;
    }

    public static Records of(RowSchema schema, int partition, long first) {
        return new Records(schema, partition, first);
    }

    /** A row; its key follows from the schema. */
    public Records put(@Nullable Object... values) {
        return put(Arrays.asList(values));
    }

    public Records put(List<? extends @Nullable Object> values) {
        ByteBuffer key = null;
        if (schema.keyed()) {
            List<@Nullable Object> parts = new ArrayList<>();
            for (int index : schema.keyIndices()) {
                parts.add(values.get(index));
            }
            key = framed(schema.keySchema(), parts);
        }
        batch.add(partition, next++, key, framed(schema, values), Op.UPSERT, 0);
        return this;
    }

    /** A tombstone. */
    public Records delete(Object... key) {
        batch.add(partition, next++, framed(schema.keySchema(), List.of(key)), null, Op.DELETE, 0);
        return this;
    }

    public SinkBatch batch() {
        batch.cover(partition, first, next);
        return batch;
    }

    private static ByteBuffer framed(RowSchema schema, List<? extends @Nullable Object> values) {
        byte[] row = RowWriter.encode(schema, values);
        return ByteBuffer.wrap(Framing.frame(SCHEMA_ID, row, 0, row.length));
    }
}
