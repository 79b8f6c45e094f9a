package io.streamforge.connector.arango;

import com.arangodb.ArangoCollection;
import com.arangodb.ArangoDB;
import com.arangodb.ArangoDatabase;
import com.arangodb.Request;
import com.arangodb.entity.BaseDocument;
import com.arangodb.model.DocumentCreateOptions;
import com.arangodb.model.OverwriteMode;
import io.streamforge.connector.arango.Settings.Mode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives each record a version: offset plus the base of the last anchor at or before it. An <b>anchor</b> ties an offset to the
 * database's clock; it is stored before it is used, so that a record which is read again gets the version it had. A new anchor
 * is set when versions have fallen a second behind the clock, but never before an offset this writer has not passed itself.
 * Versions stay behind the clock as long as a partition is written with less than a million rows per second.
 */
final class Versions {

    static final String ATTRIBUTE = "sf_version";
    static final String COLLECTION = "streamforge_versions";

    private static final long MICROS_BEHIND = 1_000_000;
    private static final int KEPT = 64;

    private final ArangoCollection store;
    private final String collection;
    private final String topic;
    private final boolean moving;
    private final LongSupplier clock;

    private final Map<Integer, Partition> partitions = new HashMap<>();

    /**
     * @param moving whether later anchors are set; without them a record's version never changes
     * @param clock the database's, in microseconds since the epoch
     */
    Versions(ArangoCollection store, String collection, String topic, boolean moving, LongSupplier clock) {
        this.store = store;
        this.collection = collection;
        this.topic = topic;
        this.moving = moving;
        this.clock = clock;
    }

    private record Anchor(long offset, long base) {}

    private static final class Partition {
        private final List<Anchor> anchors = new ArrayList<>();
        private long passed = Long.MAX_VALUE;
    }

    /** The anchors' collection must exist. */
    static Versions open(ArangoDB client, ArangoDatabase database, String collection, String topic, Mode mode) {
        long skew = serverMicros(client, database) - localMicros();
        return new Versions(
                database.collection(COLLECTION), collection, topic, mode != Mode.INSERT, () -> localMicros() + skew);
    }

    /** To be called with the first offset of a batch before any version of the batch is asked for. */
    void begin(int number, long first) {
        Partition partition = partitions.computeIfAbsent(number, this::load);
        List<Anchor> anchors = partition.anchors;
        long base = clock.getAsLong() - first;
        boolean behind = !anchors.isEmpty()
                && moving
                && first >= partition.passed
                && base - anchors.get(anchors.size() - 1).base() > MICROS_BEHIND;
        if (anchors.isEmpty() || behind) {
            anchors.add(new Anchor(first, base));
            if (anchors.size() > KEPT) {
                anchors.remove(0);
            }
            save(number, anchors);
        }
    }

    /** To be called when everything before {@code next} has been written. */
    void passed(int number, long next) {
        Partition partition = partitions.get(number);
        if (partition != null) {
            partition.passed = next;
        }
    }

    long version(int number, long offset) {
        List<Anchor> anchors = Objects.requireNonNull(partitions.get(number)).anchors;
        int i = anchors.size() - 1;
        while (i > 0 && anchors.get(i).offset() > offset) {
            i--;
        }
        return anchors.get(i).base() + offset;
    }

    private Partition load(int number) {
        Partition partition = new Partition();
        BaseDocument stored = store.getDocument(key(number), BaseDocument.class);
        if (stored != null && stored.getAttribute("anchors") instanceof List<?> anchors) {
            anchors.forEach(anchor -> partition.anchors.add(anchor(anchor)));
        }
        return partition;
    }

    private void save(int number, List<Anchor> anchors) {
        BaseDocument document = new BaseDocument(key(number));
        document.addAttribute("collection", collection);
        document.addAttribute("topic", topic);
        document.addAttribute("partition", number);
        document.addAttribute(
                "anchors",
                anchors.stream()
                        .map(anchor -> List.of(anchor.offset(), anchor.base()))
                        .toList());
        store.insertDocument(document, new DocumentCreateOptions().overwriteMode(OverwriteMode.replace));
    }

    private String key(int number) {
        return DocumentKeys.ofRecord(collection + "/" + topic, number, 0);
    }

    private static Anchor anchor(@Nullable Object stored) {
        List<?> pair = (List<?>) Objects.requireNonNull(stored);
        return new Anchor(number(pair.get(0)), number(pair.get(1)));
    }

    private static long number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).longValue();
    }

    private static long serverMicros(ArangoDB client, ArangoDatabase database) {
        Request<Void> request = Request.<Void>builder()
                .db(database.name())
                .method(Request.Method.GET)
                .path("/_admin/time")
                .build();
        Map<?, ?> answer = client.execute(request, Map.class).getBody();
        Number seconds = (Number) Objects.requireNonNull(answer.get("time"));
        return (long) (seconds.doubleValue() * 1_000_000);
    }

    private static long localMicros() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
    }
}
