package io.streamforge.connector.postgresql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.OffsetBackingStore;
import org.apache.kafka.connect.util.Callback;

/**
 * Where Debezium begins: what the configuration says. What it stores afterwards is kept for as long as it runs, because it looks here for
 * what to tell the server. Debezium would search the log for the place of its last
 * event; with an LSN alone it begins there, and what came before is told apart by {@link ResumePoint}.
 */
public final class StoredOffset implements OffsetBackingStore {

    static final String LSN = "streamforge.lsn";

    private volatile byte[] offset = new byte[0];

    @Override
    public void configure(WorkerConfig config) {
        String lsn = config.originalsStrings().get(LSN);
        offset = ("{\"lsn\":" + lsn + ",\"ts_usec\":0}").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Future<Map<ByteBuffer, ByteBuffer>> get(Collection<ByteBuffer> keys) {
        Map<ByteBuffer, ByteBuffer> values = new HashMap<>();
        keys.forEach(key -> values.put(key, ByteBuffer.wrap(offset)));
        return CompletableFuture.completedFuture(values);
    }

    @Override
    public Future<Void> set(Map<ByteBuffer, ByteBuffer> values, Callback<Void> callback) {
        for (ByteBuffer value : values.values()) {
            byte[] bytes = new byte[value.remaining()];
            value.duplicate().get(bytes);
            offset = bytes;
        }
        callback.onCompletion(null, null);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Set<Map<String, Object>> connectorPartitions(String connectorName) {
        return Set.of();
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}
}
