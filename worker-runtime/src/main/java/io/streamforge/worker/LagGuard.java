package io.streamforge.worker;

import io.streamforge.messages.Task;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a source back while its slowest consumer is more than {@code max_lag} behind. Kafka is asked only when so much has been
 * written since the last answer that the bound could be passed. Safe for use by several threads.
 */
final class LagGuard implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LagGuard.class);
    private static final int PATIENCE_SECONDS = 5;
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);

    private final Task.Output output;
    private final KafkaClients clients;
    private final Object question = new Object();
    private @Nullable Admin admin;
    private long records;
    /** Of these, records of open transactions: some of them may still wait in a producer, where the broker does not count them. */
    private long open;

    private long bytes;
    /** Records the slowest consumer can be behind at most: its last known lag and all written since. */
    private long lagBound;

    private volatile boolean holding;

    LagGuard(Task.Output output, KafkaClients clients) {
        this.output = output;
        this.clients = clients;
    }

    /** What earlier attempts wrote may all be unread. */
    synchronized void resumed(long written, long writtenBytes) {
        records += written;
        bytes += writtenBytes;
        lagBound += written;
    }

    synchronized void written(long moreRecords, long moreBytes) {
        records += moreRecords;
        open += moreRecords;
        bytes += moreBytes;
        lagBound += moreRecords;
    }

    /** So many of the records written are in the log by now, or never will be. */
    synchronized void settled(long transaction) {
        open -= transaction;
    }

    /** True while a consumer's lag holds the source back. */
    boolean holding() {
        return holding;
    }

    /** Waits until the slowest consumer is near enough; false when the worker is stopping. */
    boolean await(Signals signals) throws InterruptedException {
        while (!signals.stopping()) {
            if (look(signals)) {
                return true;
            }
        }
        return false;
    }

    /** True when the slowest consumer is near enough; false after a moment in which it was not. */
    boolean look(Signals signals) throws InterruptedException {
        holding = !near();
        if (holding) {
            signals.sleep(BETWEEN_QUESTIONS);
        }
        return !holding;
    }

    /** True when the slowest consumer is near enough. */
    boolean near() throws InterruptedException {
        if (output.consumers().isEmpty() || within()) {
            return true;
        }
        synchronized (question) {
            if (within()) {
                return true;
            }
            long inLog = inLog();
            try {
                learned(lag(), inLog);
            } catch (ExecutionException | TimeoutException | KafkaException e) {
                log.atWarn().setCause(e).log("the consumers' lag is not known; the source waits");
            }
        }
        return within();
    }

    private synchronized long inLog() {
        return records - open;
    }

    private synchronized void learned(long lag, long inLogBefore) {
        lagBound = lag + records - inLogBefore;
    }

    private synchronized boolean within() {
        return lagBound <= allowed();
    }

    private long allowed() {
        long recordBytes = Math.max(1, records == 0 ? 1 : bytes / records);
        return Math.min(output.maxLag().records(), Math.max(1, output.maxLag().bytes() / recordBytes));
    }

    private long lag() throws ExecutionException, TimeoutException, InterruptedException {
        Admin current = admin;
        if (current == null) {
            current = clients.admin();
            admin = current;
        }
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, output.partitions())
                .mapToObj(partition -> new TopicPartition(output.topic(), partition))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                current.listOffsets(latest).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        long slowest = 0;
        for (String group : output.consumers()) {
            Map<TopicPartition, OffsetAndMetadata> committed = current.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            slowest = Math.max(slowest, lag(ends, committed));
        }
        return slowest;
    }

    private static long lag(
            Map<TopicPartition, ListOffsetsResultInfo> ends, Map<TopicPartition, OffsetAndMetadata> committed) {
        return ends.entrySet().stream()
                .mapToLong(end -> {
                    OffsetAndMetadata reached = committed.get(end.getKey());
                    return end.getValue().offset() - (reached == null ? 0 : reached.offset());
                })
                .sum();
    }

    @Override
    public void close() {
        synchronized (question) {
            if (admin != null) {
                admin.close(Duration.ZERO);
                admin = null;
            }
        }
    }
}
