package io.streamforge.worker;

import io.streamforge.messages.Task;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches a sink's input in a thread of its own, one batch ahead of the thread that writes. While a batch is being written the
 * next one grows, so batches are as large as the target is slow.
 */
final class SinkFetcher implements Possession, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SinkFetcher.class);
    private static final Duration LAST_COMMIT = Duration.ofSeconds(3);
    private static final Duration LONGEST_HELD = Duration.ofMillis(500);

    /** What the fetching thread hands over. */
    sealed interface Item {
        record Batch(FetchedBatch batch) implements Item {}

        /** All input up to the offsets of the drain command has been handed over before. */
        record End() implements Item {}

        /** All input before the first record of another schema has been handed over before. */
        record Changed(Task.Input input) implements Item {}

        record Failed(VertexFailure failure) implements Item {}
    }

    private final SinkVertexContext context;
    private final KafkaConsumer<ByteBuffer, ByteBuffer> consumer;
    private final RecordReader reader;
    private final SinkForms forms;
    private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(1);
    private final AtomicReference<Map<TopicPartition, OffsetAndMetadata>> toCommit = new AtomicReference<>(Map.of());
    private final Map<TopicPartition, Long> covered = new LinkedHashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> committing = new HashMap<>();
    /** What Kafka has to know of its own partitions; the offsets of a group with members are not forgotten. */
    private final Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>();

    private long committedAt = System.nanoTime();
    private FetchedBatch batch = new FetchedBatch();
    /** The batch before, which the writer is done with when it waits for another one. */
    private FetchedBatch before = new FetchedBatch();

    /** Where partitions are held that have come to rows of another schema. */
    private final Map<TopicPartition, Long> heldAt = new HashMap<>();

    /** The input as those rows have it, null while there are none. */
    private Task.@Nullable Input following;

    private long heldSince;
    /** Nothing more is fetched before the input has changed. */
    private boolean changing;

    /** Something was fetched since the last batch was handed over. */
    private boolean news;
    /** There was nothing more to fetch when the last was fetched. */
    private boolean caughtUp;

    private @Nullable Thread thread;
    /** Batches handed over, those the writer has taken, and those it was done with when it came for another one. */
    private int handedOver;

    private int taken;
    private volatile int finished;
    private volatile boolean closing;

    SinkFetcher(
            SinkVertexContext context,
            KafkaConsumer<ByteBuffer, ByteBuffer> consumer,
            SinkForms forms,
            Map<TopicPartition, OffsetAndMetadata> from) {
        this.context = context;
        this.consumer = consumer;
        this.forms = forms;
        reader = new RecordReader(forms.input());
        from.forEach((partition, next) -> covered.put(partition, next.offset()));
        if (!context.input().shared()) {
            known.putAll(from);
        }
    }

    void start(VertexThreads threads) {
        consumer.assign(covered.keySet());
        covered.forEach(consumer::seek);
        thread = threads.start("fetch", this::run);
    }

    /** The next item, null when there is none in that time; the batch before is filled anew. */
    @Nullable Item poll(Duration time) throws InterruptedException {
        finished = taken;
        Item item = items.poll(time.toMillis(), TimeUnit.MILLISECONDS);
        if (item instanceof Item.Batch) {
            taken++;
        }
        return item;
    }

    @Override
    public List<Integer> partitions() {
        return covered.keySet().stream().map(TopicPartition::partition).toList();
    }

    /** What a task has for itself nobody takes. */
    @Override
    public boolean held() {
        return true;
    }

    @Override
    public void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        toCommit.accumulateAndGet(offsets, (waiting, more) -> {
            Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>(waiting);
            all.putAll(more);
            return all;
        });
    }

    private void run() {
        try {
            fetch();
        } catch (InterruptedException e) {
            log.debug("fetching was interrupted");
        } catch (RuntimeException e) {
            fail(e);
        }
        try {
            lastCommit();
        } finally {
            KafkaClients.close(consumer);
        }
    }

    private void fetch() throws InterruptedException {
        boolean ended = false;
        while (!closing) {
            commitAsync();
            commitAgain();
            if (context.signals().paused() || ended) {
                // Offsets of what is still being written must go out meanwhile.
                TimeUnit.NANOSECONDS.sleep(context.tuning().idle().toNanos());
                continue;
            }
            boolean nothingCame = changing ? linger() : fill();
            changing = changing || (following != null && (nothingCame || heldLong()));
            ended = handOverWhenDue(nothingCame);
        }
    }

    /** Adds what can be fetched; true when nothing came. */
    private boolean fill() throws InterruptedException {
        if (batch.full(context.tuning())) {
            awaitRoom();
            return false;
        }
        ConsumerRecords<ByteBuffer, ByteBuffer> records =
                consumer.poll(context.tuning().idle());
        if (!records.isEmpty()) {
            context.board().read();
        }
        take(records);
        cover();
        return records.isEmpty();
    }

    /** Adds records; a partition that comes to rows of another schema is held there, while the others go on. */
    private void take(ConsumerRecords<ByteBuffer, ByteBuffer> records) {
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> ofPartition = records.records(partition);
            batch.since(RecordForm.sourceMillis(ofPartition.get(0)));
            for (ConsumerRecord<ByteBuffer, ByteBuffer> record : ofPartition) {
                if (!taken(record)) {
                    heldAt.put(partition, record.offset());
                    consumer.pause(List.of(partition));
                    break;
                }
            }
        }
    }

    private boolean taken(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        try {
            batch.add(record, reader);
        } catch (RecordReader.UnreadableException e) {
            Optional<Task.Input> next = forms.following(e);
            if (next.isPresent()) {
                heldSince = following == null ? System.nanoTime() : heldSince;
                following = following == null ? next.get() : following;
                return false;
            }
            batch.addUnreadable(record, String.valueOf(e.getMessage()));
        }
        return true;
    }

    /** The partitions that go on must not keep the held ones waiting. */
    private boolean heldLong() {
        return heldAt.size() == covered.size() || System.nanoTime() - heldSince > LONGEST_HELD.toNanos();
    }

    /** Waits a moment for the writer. */
    private static boolean linger() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1);
        return true;
    }

    /** Transaction markers count: the position moves over them without a record. */
    private void cover() {
        long lag = 0;
        for (Map.Entry<TopicPartition, Long> entry : covered.entrySet()) {
            Long stop = heldAt.get(entry.getKey());
            long position = stop == null ? consumer.position(entry.getKey()) : stop;
            if (position > entry.getValue()) {
                batch.rows().cover(entry.getKey().partition(), entry.getValue(), position);
                entry.setValue(position);
                news = true;
            }
            lag += consumer.currentLag(entry.getKey()).orElse(0);
        }
        caughtUp = lag == 0;
        context.board().lag(lag);
    }

    private void awaitRoom() throws InterruptedException {
        while (!closing && !context.signals().paused() && !room()) {
            commitAsync();
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** Hands over when the batch is full, when all there is has been fetched or it has waited; true at the end of the input. */
    private boolean handOverWhenDue(boolean nothingCame) throws InterruptedException {
        boolean end = changing || drained();
        boolean waitedLong = batch.ageNanos() >= context.tuning().idle().toNanos();
        boolean due = batch.full(context.tuning()) || end || caughtUp || nothingCame || waitedLong;
        if (due && news && room()) {
            handedOver++;
            items.put(new Item.Batch(batch));
            FetchedBatch done = before;
            before = batch;
            batch = done;
            batch.beginAfter(before);
            news = false;
        }
        Task.Input next = following;
        return end && !news && items.offer(next == null ? new Item.End() : new Item.Changed(next));
    }

    /** No more than two batches are in memory: one that is written, one that grows. */
    private boolean room() {
        return finished == handedOver;
    }

    private boolean drained() {
        Map<Integer, Long> ends = context.signals().endOffsets().orElse(null);
        return ends != null
                && covered.entrySet().stream()
                        .allMatch(entry -> entry.getValue()
                                >= ends.getOrDefault(entry.getKey().partition(), 0L));
    }

    private void commitAsync() {
        Map<TopicPartition, OffsetAndMetadata> offsets = toCommit.getAndSet(Map.of());
        if (!offsets.isEmpty()) {
            committing.putAll(offsets);
            known.putAll(offsets);
            committedAt = System.nanoTime();
            consumer.commitAsync(offsets, (done, e) -> {
                if (e != null) {
                    log.atWarn().setCause(e).log("offsets were not committed; the next commit covers them");
                }
            });
        }
    }

    /** Brokers forget offsets that nobody has committed for a week. */
    private void commitAgain() {
        if (known.isEmpty()
                || System.nanoTime() - committedAt < context.tuning().recommit().toNanos()) {
            return;
        }
        committedAt = System.nanoTime();
        try {
            consumer.commitSync(known, LAST_COMMIT);
        } catch (KafkaException e) {
            log.atWarn().setCause(e).log("offsets were not committed again; the next time is early enough");
        }
    }

    private void lastCommit() {
        // What was committed without waiting may still be under way.
        committing.putAll(toCommit.getAndSet(Map.of()));
        if (committing.isEmpty() || context.signals().killed()) {
            return;
        }
        try {
            Thread.interrupted();
            consumer.commitSync(committing, LAST_COMMIT);
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("last offsets were not committed; the target has its own or takes them again");
        }
    }

    private void fail(RuntimeException e) {
        try {
            items.put(new Item.Failed(VertexFailure.of(e)));
        } catch (InterruptedException interrupted) {
            log.atWarn().setCause(e).log("fetching failed while it was ended");
        }
    }

    /** Commits what was asked for and ends the thread. */
    @Override
    public void close() throws InterruptedException {
        closing = true;
        Thread current = thread;
        if (current == null) {
            KafkaClients.close(consumer);
            return;
        }
        items.clear();
        current.join(LAST_COMMIT.toMillis());
        if (current.isAlive()) {
            current.interrupt();
            current.join(LAST_COMMIT.toMillis());
        }
    }

    static List<TopicPartition> of(String topic, List<Integer> partitions) {
        return partitions.stream()
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
    }
}
