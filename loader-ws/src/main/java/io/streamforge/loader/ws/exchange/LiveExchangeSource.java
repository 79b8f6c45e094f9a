package io.streamforge.loader.ws.exchange;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.Source;
import io.streamforge.loader.api.PageFlux;
import io.streamforge.loader.ws.feed.Feed;
import io.streamforge.loader.ws.feed.FeedCounters;
import io.streamforge.loader.ws.feed.Greeting;
import io.streamforge.messages.Json;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import reactor.core.publisher.Flux;

/** Live streams of some symbols, spread over connections. */
final class LiveExchangeSource implements Source {

    private static final String SYMBOLS = "symbols";
    /** Of streams in a message; an exchange limits messages per second and their size. */
    private static final int SUBSCRIBED_AT_ONCE = 100;

    private static final Duration BETWEEN_SUBSCRIPTIONS = Duration.ofMillis(300);
    /** Where the name of the stream begins in a combined message. */
    private static final int CHANNEL_AT = 11;

    private final LiveOptions options;
    private final FeedCounters counters = new FeedCounters();

    LiveExchangeSource(LiveOptions options) {
        this.options = options;
    }

    @Override
    public Discovery discover() throws ConnectorException {
        options.history().requireTraded(options.symbols());
        Map<Integer, List<String>> spread = new TreeMap<>();
        for (String symbol : options.symbols()) {
            int connection = Math.floorMod(symbol.hashCode(), options.connections());
            spread.computeIfAbsent(connection, number -> new ArrayList<>()).add(symbol);
        }
        List<Split> splits = spread.entrySet().stream()
                .map(share -> new Split("feed-" + share.getKey(), Map.of(SYMBOLS, share.getValue())))
                .toList();
        List<RowSchema> schemas =
                options.streams().stream().map(LiveStream::schema).distinct().toList();
        return new Discovery(schemas, splits, OptionalLong.empty());
    }

    @Override
    public Flux<RecordBatch> read(Split split, Optional<Position> from, RowSchema schema) {
        return Flux.using(() -> open(split, from), loop -> PageFlux.of(() -> loop), LiveLoop::close);
    }

    private LiveLoop open(Split split, Optional<Position> from) throws ConnectorException {
        List<String> symbols = new ArrayList<>();
        if (split.values().get(SYMBOLS) instanceof List<?> names) {
            names.forEach(name -> symbols.add(String.valueOf(name)));
        }
        Tracks tracks = new Tracks(options.streams(), symbols, from);
        Feed feed = new Feed(
                address(),
                Map.of(),
                options.feed(),
                new Greeting(subscriptions(tracks.channels()), BETWEEN_SUBSCRIPTIONS, null),
                LiveExchangeSource::channel,
                counters);
        return new LiveLoop(
                feed,
                tracks,
                new LiveRows(options.streams(), tracks),
                counters,
                options.feed().outageLimit());
    }

    private URI address() {
        String root = options.streamUrl().toString();
        return URI.create((root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + "/stream");
    }

    private static List<String> subscriptions(List<String> channels) {
        List<String> messages = new ArrayList<>();
        for (int from = 0; from < channels.size(); from += SUBSCRIBED_AT_ONCE) {
            List<String> share = channels.subList(from, Math.min(channels.size(), from + SUBSCRIBED_AT_ONCE));
            Map<String, Object> message = new TreeMap<>();
            message.put("method", "SUBSCRIBE");
            message.put("params", share);
            message.put("id", messages.size() + 1);
            messages.add(Json.MAPPER.writeValueAsString(message));
        }
        return messages;
    }

    /** The channel a message came over; others are all alike. */
    private static String channel(byte[] message) {
        int end = CHANNEL_AT;
        while (end < message.length && message[end] != '"') {
            end++;
        }
        return end < message.length ? new String(message, CHANNEL_AT, end - CHANNEL_AT, StandardCharsets.US_ASCII) : "";
    }

    @Override
    public Map<String, Long> measures() {
        return counters.values();
    }
}
