package io.streamforge.loader.ws.websocket;

import io.streamforge.connector.ConnectorException;
import io.streamforge.loader.api.PageFlux;
import io.streamforge.loader.api.rest.JsonPages;
import io.streamforge.loader.ws.feed.Feed;
import io.streamforge.loader.ws.feed.FeedCounters;
import io.streamforge.loader.ws.feed.FeedMeasure;
import io.streamforge.messages.Json;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.JsonRows;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Makes batches of a feed's messages; for one thread. */
final class MessageLoop implements PageFlux.Pages, AutoCloseable {

    static final String MESSAGES = "messages";

    private static final Duration WAIT = Duration.ofMillis(200);
    private static final long PROGRESS_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int BATCH_BYTES = 256 * 1024;
    private static final int RAW_BYTES = 16 * 1024;

    private final Feed feed;
    private final WebSocketOptions options;
    private final Acks acks;
    private final FeedCounters counters;
    private final JsonRows json;
    private final RowWriter writer;
    private List<RejectedRow> rejected = new ArrayList<>();
    private long messages;
    private long givenMessages;
    private long lastGivenAt = System.nanoTime() - PROGRESS_NANOS;

    /** @param messages read in former attempts */
    MessageLoop(Feed feed, WebSocketOptions options, Acks acks, FeedCounters counters, long messages) {
        this.feed = feed;
        this.options = options;
        this.acks = acks;
        this.counters = counters;
        this.messages = messages;
        givenMessages = messages;
        json = new JsonRows(options.schema());
        writer = new RowWriter(options.schema()).to(new RowBuffer());
    }

    @Override
    public Optional<RecordBatch> next() throws ConnectorException, InterruptedException {
        while (true) {
            boolean waiting = messages > givenMessages;
            byte[] message = feed.next(waiting ? Duration.ZERO : WAIT);
            if (message != null && !Feed.stoodForDropped(message)) {
                take(message);
            }
            boolean full = writer.buffer().byteSize() >= BATCH_BYTES;
            boolean late = System.nanoTime() - lastGivenAt >= PROGRESS_NANOS;
            if (full || (message == null && (waiting || late))) {
                return Optional.of(batch());
            }
        }
    }

    private RecordBatch batch() {
        RecordBatch batch =
                new RecordBatch(options.schema(), writer.buffer(), Position.of(MESSAGES, messages), rejected);
        writer.to(new RowBuffer());
        rejected = new ArrayList<>();
        givenMessages = messages;
        lastGivenAt = System.nanoTime();
        return batch;
    }

    private void take(byte[] message) {
        messages++;
        long generation = feed.generation();
        try (JsonParser parser = Json.MAPPER.createParser(message)) {
            if (!JsonPages.seek(parser, options.rows())) {
                counters.add(FeedMeasure.OTHER, 1);
            } else if (parser.currentToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    row(parser, message);
                }
            } else {
                row(parser, message);
            }
            options.ack().ifPresent(ack -> acks.await(messages, generation, ack.of(message)));
        } catch (JacksonException e) {
            counters.add(FeedMeasure.GARBAGE, 1);
            reject(message, "the message is no JSON: " + e.getOriginalMessage());
        }
    }

    private void row(JsonParser parser, byte[] message) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            reject(message, "expected an object");
            return;
        }
        try {
            json.read(parser, writer);
            writer.endRow();
        } catch (InvalidValueException e) {
            reject(message, String.valueOf(e.getMessage()));
        }
    }

    private void reject(byte[] message, String reason) {
        byte[] raw = message.length > RAW_BYTES ? Arrays.copyOf(message, RAW_BYTES) : message;
        rejected.add(new RejectedRow("message " + messages + "/" + rejected.size(), "INVALID-MESSAGE", reason, raw));
    }

    @Override
    public void close() {
        feed.close();
    }
}
