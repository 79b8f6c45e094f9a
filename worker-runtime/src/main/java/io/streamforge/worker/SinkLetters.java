package io.streamforge.worker;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.WriteResult.Rejection;
import io.streamforge.messages.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Keeps what a sink cannot write, durable before the target commits; for one thread. */
final class SinkLetters implements AutoCloseable {

    static final String UNREADABLE = "RECORD-UNREADABLE";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SinkVertexContext context;
    private @Nullable Producer<byte[], byte[]> producer;

    SinkLetters(SinkVertexContext context) {
        this.context = context;
    }

    /** Keeps the records that held no row. */
    void keepUnreadable(List<FetchedBatch.Unreadable> unreadable) {
        List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
        for (FetchedBatch.Unreadable record : unreadable) {
            String place = place(record.partition(), record.offset());
            context.policy().rejected(place, UNREADABLE, record.message());
            if (context.policy().keepsLetters()) {
                letters.add(context.deadLetters()
                        .record(place, record.key(), record.value(), UNREADABLE, record.message()));
            }
        }
        send(letters);
    }

    /** Keeps the rows that the target rejects; called by the writer before it commits. */
    void keepRejected(SinkBatch batch, List<Rejection> rejected, long unreadable) throws ConnectorException {
        try {
            List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
            for (Rejection rejection : rejected) {
                int row = rejection.row();
                String place = place(batch.partition(row), batch.offset(row));
                context.policy().rejected(place, rejection.code(), rejection.message());
                if (context.policy().keepsLetters()) {
                    letters.add(context.deadLetters()
                            .record(place, batch.key(row), batch.value(row), rejection.code(), rejection.message()));
                }
            }
            checkRatio(batch.size() + unreadable, rejected.size() + unreadable);
            send(letters);
        } catch (VertexFailure e) {
            throw new ConnectorException(e.error(), e);
        }
    }

    private void checkRatio(long read, long rejected) {
        if (rejected > 0) {
            Snapshot before = context.board().snapshot();
            context.policy().check(before.read() + read, before.rejected() + rejected, false);
        }
    }

    private void send(List<ProducerRecord<byte[], byte[]>> letters) {
        if (letters.isEmpty()) {
            return;
        }
        Producer<byte[], byte[]> current = producer;
        if (current == null) {
            current = context.clients().messages(PATIENCE);
            producer = current;
        }
        try {
            List<Future<?>> sent = new ArrayList<>();
            for (ProducerRecord<byte[], byte[]> letter : letters) {
                sent.add(current.send(letter));
            }
            for (Future<?> future : sent) {
                future.get();
            }
            context.board().tally().lettersWritten(letters.size());
        } catch (ExecutionException | KafkaException e) {
            throw VertexFailure.of(e);
        } catch (InterruptedException e) {
            throw VertexFailure.of(new InterruptException(e));
        }
    }

    private String place(int partition, long offset) {
        return Topics.deadKey(context.input().topic(), partition, offset);
    }

    @Override
    public void close() {
        if (producer != null) {
            context.clients().close(producer, Duration.ZERO);
            producer = null;
        }
    }
}
