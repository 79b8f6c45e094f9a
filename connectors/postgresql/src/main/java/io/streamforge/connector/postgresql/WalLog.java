package io.streamforge.connector.postgresql;

import io.debezium.engine.RecordChangeEvent;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.ChangeLog;
import io.streamforge.connector.capture.LogEvent;
import io.streamforge.connector.capture.LogPosition;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** The write-ahead log as Debezium streams it. */
final class WalLog implements ChangeLog {

    private final WalReader reader;
    private final WalTranslator translator;
    private final WalHeartbeat heartbeat;
    private final WalErrors errors;

    WalLog(WalReader reader, WalTranslator translator, WalHeartbeat heartbeat, WalErrors errors) {
        this.reader = reader;
        this.translator = translator;
        this.heartbeat = heartbeat;
        this.errors = errors;
    }

    @Override
    public @Nullable LogEvent poll(Duration timeout) throws ConnectorException, InterruptedException {
        LogEvent ready = translator.next();
        if (ready != null) {
            return ready;
        }
        heartbeat.beatWhenDue();
        List<RecordChangeEvent<SourceRecord>> batch = reader.poll(timeout);
        if (batch == null) {
            if (reader.ended()) {
                throw errors.ended(reader.failure());
            }
            return null;
        }
        translator.take(batch.stream().map(RecordChangeEvent::record).toList());
        return translator.next();
    }

    /** Ids of transactions that a chunk must show. */
    Set<Long> transactions() {
        return translator.transactions();
    }

    @Override
    public void acknowledge(LogPosition position) {
        reader.confirm(((WalPosition) position).commit());
    }

    @Override
    public void close() {
        reader.close();
    }
}
