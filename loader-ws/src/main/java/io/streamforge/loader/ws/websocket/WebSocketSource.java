package io.streamforge.loader.ws.websocket;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.Source;
import io.streamforge.loader.api.PageFlux;
import io.streamforge.loader.ws.feed.Feed;
import io.streamforge.loader.ws.feed.FeedCounters;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** A feed; a single split. */
final class WebSocketSource implements Source {

    private static final Split ALL = new Split("feed", Map.of());

    private final WebSocketOptions options;
    private final FeedCounters counters = new FeedCounters();
    private volatile @Nullable Reading reading;

    WebSocketSource(WebSocketOptions options) {
        this.options = options;
    }

    private record Reading(Feed feed, Acks acks) {}

    /** Connects without subscribing. */
    @Override
    public Discovery discover() throws ConnectorException {
        Feed.check(options.url(), options.headers(), options.feed());
        return new Discovery(options.schema(), List.of(ALL), OptionalLong.empty());
    }

    @Override
    public Flux<RecordBatch> read(Split split, Optional<Position> from, RowSchema schema) {
        return Flux.using(() -> open(from), loop -> PageFlux.of(() -> loop), MessageLoop::close);
    }

    private MessageLoop open(Optional<Position> from) throws ConnectorException {
        Optional<Long> messages = from.flatMap(position -> position.number(MessageLoop.MESSAGES));
        if (from.isPresent() && messages.isEmpty()) {
            throw new ConnectorException(
                    "FEED-BAD-POSITION",
                    Category.FATAL,
                    "the position " + from.get().values() + " is not one of this source",
                    "start the workflow afresh if its source has changed");
        }
        // One message is like another: latest keeps the newest alone.
        Feed feed =
                new Feed(options.url(), options.headers(), options.feed(), options.greeting(), message -> "", counters);
        Acks acks = new Acks();
        reading = new Reading(feed, acks);
        return new MessageLoop(feed, options, acks, counters, messages.orElse(0L));
    }

    @Override
    public void acknowledge(Split split, Position position) {
        Reading current = reading;
        if (current != null) {
            position.number(MessageLoop.MESSAGES)
                    .ifPresent(message -> current.acks().release(message, current.feed()));
        }
    }

    @Override
    public Map<String, Long> measures() {
        return counters.values();
    }
}
