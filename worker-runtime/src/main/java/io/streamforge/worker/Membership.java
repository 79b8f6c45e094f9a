package io.streamforge.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This worker as a member of its sink's consumer group. The consumer here reads nothing: it keeps the membership alive in a thread
 * of its own, however long the target takes, learns which partitions are this worker's, and commits their offsets.
 *
 * <p>Invariant: partitions that another member is about to get are given up only when nothing is being written from them any
 * more and their offsets are committed. A member that was away too long is not asked; then the target's own offsets refuse it.
 */
final class Membership implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Membership.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LAST_COMMIT = Duration.ofSeconds(3);
    private static final Duration HAND_OVER = Duration.ofSeconds(30);

    private final SinkVertexContext context;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, OffsetAndMetadata> toCommit = new HashMap<>();
    private @Nullable Thread thread;
    private @Nullable Share current;
    private boolean working;
    private boolean joined;
    private boolean closing;
    private @Nullable VertexFailure failure;

    Membership(SinkVertexContext context, KafkaConsumer<byte[], byte[]> consumer) {
        this.context = context;
        this.consumer = consumer;
    }

    /** What the group has given to this worker, until it takes it back. */
    private final class Share implements Possession {
        private final List<Integer> partitions;

        Share(List<Integer> partitions) {
            this.partitions = partitions;
        }

        @Override
        public List<Integer> partitions() {
            return partitions;
        }

        @Override
        public boolean held() {
            synchronized (Membership.this) {
                return current == this && failure == null;
            }
        }

        @Override
        public void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
            synchronized (Membership.this) {
                toCommit.putAll(offsets);
            }
        }
    }

    void start(VertexThreads threads) {
        consumer.subscribe(List.of(context.input().topic()), new HandOver());
        thread = threads.start("group", this::run);
    }

    /**
     * Waits for partitions to work on; {@link #released} has to follow.
     *
     * @return null when there are none for now
     * @throws VertexFailure when the worker is no member any more
     */
    synchronized @Nullable Possession take(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis(); left > 0 && nothing(); left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        if (failure != null) {
            throw failure;
        }
        if (nothing()) {
            return null;
        }
        working = true;
        return current;
    }

    private synchronized boolean nothing() {
        return failure == null && (current == null || current.partitions().isEmpty());
    }

    /** Nothing is being written any more. */
    synchronized void released() {
        working = false;
        notifyAll();
    }

    /** True once the group has said for the first time what is this worker's. */
    synchronized boolean joined() {
        return joined;
    }

    private void run() {
        try {
            while (!closing()) {
                consumer.poll(POLL);
                commitAsync();
            }
        } catch (InterruptException e) {
            log.debug("membership was interrupted");
        } catch (RuntimeException e) {
            fail(VertexFailure.of(e));
        }
        leave();
    }

    private synchronized boolean closing() {
        return closing;
    }

    private synchronized void fail(VertexFailure e) {
        failure = e;
        notifyAll();
    }

    private synchronized Map<TopicPartition, OffsetAndMetadata> takeCommits() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(toCommit);
        toCommit.clear();
        return offsets;
    }

    private void commitAsync() {
        Map<TopicPartition, OffsetAndMetadata> offsets = takeCommits();
        if (!offsets.isEmpty()) {
            consumer.commitAsync(offsets, (done, e) -> {
                if (e != null) {
                    log.atWarn().setCause(e).log("offsets were not committed; the next commit covers them");
                }
            });
        }
    }

    private void commitSync() {
        Map<TopicPartition, OffsetAndMetadata> offsets = takeCommits();
        if (offsets.isEmpty() || context.signals().killed()) {
            return;
        }
        try {
            consumer.commitSync(offsets, LAST_COMMIT);
        } catch (KafkaException e) {
            log.atWarn().setCause(e).log("last offsets were not committed; the target has its own or takes them again");
        }
    }

    /** Says goodbye, so that nobody waits for this member; a killed one cannot. */
    private void leave() {
        boolean killed = context.signals().killed();
        Thread.interrupted();
        consumer.close(CloseOptions.timeout(killed ? Duration.ZERO : LAST_COMMIT)
                .withGroupMembershipOperation(
                        killed ? GroupMembershipOperation.REMAIN_IN_GROUP : GroupMembershipOperation.LEAVE_GROUP));
    }

    private synchronized void takeBack() {
        current = null;
        notifyAll();
    }

    private synchronized void awaitReleased() {
        long end = System.nanoTime() + HAND_OVER.toNanos();
        try {
            while (working && System.nanoTime() < end && !context.signals().killed()) {
                wait(POLL.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (working) {
            log.warn("partitions are handed over while they are being written");
        }
    }

    private synchronized void give(Collection<TopicPartition> partitions) {
        current = new Share(
                partitions.stream().map(TopicPartition::partition).sorted().toList());
        joined = true;
        notifyAll();
    }

    /** Called by the consumer in the thread that polls. */
    private final class HandOver implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            takeBack();
            awaitReleased();
            commitSync();
            log.atInfo().addKeyValue("partitions", partitions).log("partitions handed over");
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            takeBack();
            awaitReleased();
            takeCommits();
            log.atWarn().addKeyValue("partitions", partitions).log("partitions lost");
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // Positions are those of the target; nothing is fetched here.
            partitions.forEach(partition -> consumer.seek(partition, 0));
            consumer.pause(partitions);
            give(consumer.assignment());
            log.atInfo().addKeyValue("partitions", partitions).log("partitions taken over");
        }
    }

    /** Leaves the group and ends the thread. */
    @Override
    public void close() throws InterruptedException {
        synchronized (this) {
            closing = true;
            working = false;
            notifyAll();
        }
        Thread running = thread;
        if (running == null) {
            KafkaClients.close(consumer);
            return;
        }
        running.join(LAST_COMMIT.multipliedBy(2).toMillis());
        if (running.isAlive()) {
            running.interrupt();
            running.join(LAST_COMMIT.toMillis());
        }
    }
}
