package io.streamforge.worker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transactions of one producer, one after another. The id never holds the attempt, so that beginning fences every older
 * producer of the same id and ends what it left open. For one thread.
 */
final class Transaction implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Transaction.class);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final Signals signals;
    private final Producer<byte[], byte[]> producer;
    private boolean open;

    /**
     * @param id of all producers of which only the newest may write
     * @param partitions it writes to
     */
    Transaction(KafkaClients clients, Signals signals, String id, int partitions) {
        this.clients = clients;
        this.signals = signals;
        producer = clients.transactional(id, partitions);
    }

    /** Takes possession of the id; returns when nothing of an older producer is undecided any more. */
    void init() {
        producer.initTransactions();
    }

    /** Takes a record into the transaction; what becomes of it shows when the transaction is committed. */
    void send(ProducerRecord<byte[], byte[]> record) {
        begin();
        Future<?> sending = producer.send(record);
        // A producer that has lost its broker says so here, and would take its time to say it again for every row.
        if (sending.isDone()) {
            requireSent(sending);
        }
    }

    /** Takes the offsets of a group that has no members into the transaction. */
    void sendOffsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        begin();
        producer.sendOffsetsToTransaction(offsets, group);
    }

    private void begin() {
        if (!open) {
            producer.beginTransaction();
            open = true;
        }
    }

    private static void requireSent(Future<?> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw VertexFailure.of(e);
        } catch (InterruptedException e) {
            throw VertexFailure.of(new InterruptException(e));
        }
    }

    /** Makes everything that was sent visible; only after something was. */
    void commit() {
        producer.commitTransaction();
        open = false;
    }

    /** Aborts what is open; a producer that has lost its broker is not waited for. */
    @Override
    public void close() {
        try {
            clients.close(producer, signals.killed() ? Duration.ZERO : CLOSE);
        } catch (KafkaException e) {
            log.atDebug().setCause(e).log("producer not closed in time");
        }
    }
}
