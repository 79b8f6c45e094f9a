package io.streamforge.loader.ws.exchange;

import io.streamforge.connector.ConnectorException;
import io.streamforge.loader.api.PageFlux;
import io.streamforge.loader.ws.exchange.LiveStream.Told;
import io.streamforge.loader.ws.feed.Feed;
import io.streamforge.loader.ws.feed.FeedCounters;
import io.streamforge.loader.ws.feed.FeedMeasure;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Json;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RejectedRow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * Makes batches of a feed's messages; for one thread. Invariant: of each track nothing is given before all that comes before it in its
 * sequence.
 */
final class LiveLoop implements PageFlux.Pages, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LiveLoop.class);
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final long PROGRESS_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long FILL_NANOS = Duration.ofSeconds(30).toNanos();
    private static final Duration FILL_AGAIN = Duration.ofMillis(100);
    private static final int BATCH_ROWS = 2_000;
    private static final int RAW_BYTES = 16 * 1024;

    private static final ObjectReader EXACT =
            Json.MAPPER.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final Feed feed;
    private final Tracks tracks;
    private final LiveRows rows;
    private final FeedCounters counters;
    private final Duration outageLimit;
    private final Queue<RecordBatch> ready = new ArrayDeque<>();
    private @Nullable Gap gap;
    private long lastGivenAt = System.nanoTime() - PROGRESS_NANOS;
    private long rejected;

    /** @param outageLimit how long history may be away while a gap is open */
    LiveLoop(Feed feed, Tracks tracks, LiveRows rows, FeedCounters counters, Duration outageLimit) {
        this.feed = feed;
        this.tracks = tracks;
        this.rows = rows;
        this.counters = counters;
        this.outageLimit = outageLimit;
    }

    /** A message before which something is missing. */
    private record Gap(Track track, Told told, JsonNode data, long since) {}

    @Override
    public Optional<RecordBatch> next() throws ConnectorException, InterruptedException {
        while (ready.isEmpty()) {
            Gap open = gap;
            if (open != null) {
                fill(open);
            } else {
                listen();
            }
            if (ready.isEmpty() && rows.size() == 0 && System.nanoTime() - lastGivenAt >= PROGRESS_NANOS) {
                ready.add(rows.progress());
            }
        }
        lastGivenAt = System.nanoTime();
        return Optional.of(ready.remove());
    }

    private void listen() throws ConnectorException, InterruptedException {
        byte[] message = feed.next(rows.size() == 0 ? WAIT : Duration.ZERO);
        if (message == null) {
            rows.give(ready);
        } else if (Feed.stoodForDropped(message)) {
            tracks.all().forEach(Track::dropped);
        } else {
            take(message);
        }
        if (rows.size() >= BATCH_ROWS) {
            rows.give(ready);
        }
    }

    private void take(byte[] message) throws ConnectorException {
        try {
            JsonNode root = EXACT.readTree(message);
            Track track = tracks.of(root.path("stream").asString(""));
            if (track != null) {
                JsonNode data = root.path("data");
                take(track, track.stream().told(data), data);
            } else if (root.has("error")) {
                throw refused(root);
            }
        } catch (JacksonException | IllegalArgumentException e) {
            reject(message, String.valueOf(e.getMessage()));
        }
    }

    private void take(Track track, Told told, JsonNode data) {
        switch (track.see(told)) {
            case TAKE -> track.stream().write(rows.of(track.stream()), track.symbol(), data);
            case GAP -> {
                counters.add(FeedMeasure.GAPS, 1);
                rows.give(ready);
                gap = new Gap(track, told, data, System.nanoTime());
            }
            case PASS -> {
                // Known already.
            }
        }
    }

    /** One page at a time, each a batch of its own. */
    private void fill(Gap open) throws ConnectorException, InterruptedException {
        Track track = open.track();
        long next = page(open);
        if (next == track.next()) {
            Thread.sleep(FILL_AGAIN.toMillis());
            return;
        }
        counters.add(FeedMeasure.FILLED, rows.size());
        track.next(next);
        rows.give(ready);
        if (next >= open.told().first()) {
            gap = null;
            take(track, open.told(), open.data());
        } else {
            gap = new Gap(track, open.told(), open.data(), System.nanoTime());
        }
    }

    /** The number behind a page of what is missing; the first missing one when history is away or a moment behind the stream. */
    private long page(Gap open) throws ConnectorException, InterruptedException {
        Track track = open.track();
        LiveStream stream = track.stream();
        long waited = System.nanoTime() - open.since();
        try {
            long next = stream.fill(
                    rows.of(stream), track.symbol(), track.next(), open.told().first());
            if (next == track.next() && waited > FILL_NANOS) {
                throw missing(open);
            }
            return next;
        } catch (ConnectorException e) {
            if (!e.error().category().retryable() || waited > Math.max(FILL_NANOS, outageLimit.toNanos())) {
                throw e;
            }
            log.atInfo()
                    .addKeyValue("code", e.error().code())
                    .addKeyValue("reason", e.error().message())
                    .addKeyValue("symbol", track.symbol())
                    .log("history cannot be read yet; the gap stays open");
            return track.next();
        }
    }

    private static ConnectorException missing(Gap open) {
        return new ConnectorException(
                "EXCHANGE-GAP",
                Category.FATAL,
                "the exchange's history has nothing of " + open.track().symbol() + " ("
                        + open.track().stream().name() + ") from "
                        + open.track().next() + " on, but its stream is at "
                        + open.told().first(),
                "check that base_url and stream_url are of the same exchange");
    }

    private void reject(byte[] message, String reason) {
        rejected++;
        counters.add(FeedMeasure.GARBAGE, 1);
        byte[] raw = message.length > RAW_BYTES ? Arrays.copyOf(message, RAW_BYTES) : message;
        rows.of(tracks.all().iterator().next().stream())
                .reject(new RejectedRow(
                        "live message " + System.currentTimeMillis() + "/" + rejected, "INVALID-MESSAGE", reason, raw));
    }

    private static ConnectorException refused(JsonNode answer) {
        return new ConnectorException(
                "EXCHANGE-REFUSED",
                Category.FATAL,
                "the exchange refused a subscription: "
                        + answer.path("error").path("msg").asString("").strip(),
                "check symbols and streams, or spread them over more connections");
    }

    @Override
    public void close() {
        feed.close();
    }
}
