package io.streamforge.loader.ws.exchange;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All tracks of a connection, by their channels, and the positions they make: {@code {"trades": {"BTCUSDT": 42}, "dropped": 0}}. */
final class Tracks {

    private static final String DROPPED = "dropped";

    private final Map<String, Track> byChannel = new LinkedHashMap<>();
    /** Numbers that were given, by stream and symbol. */
    private final Map<String, Map<String, Object>> given = new LinkedHashMap<>();

    private final long droppedBefore;

    /** @throws ConnectorException when the position is another source's */
    Tracks(List<LiveStream> streams, List<String> symbols, Optional<Position> from) throws ConnectorException {
        for (LiveStream stream : streams) {
            Map<?, ?> known = numbers(stream, from);
            for (String symbol : symbols) {
                Track track = new Track(stream, symbol);
                byChannel.put(stream.channel(symbol), track);
                if (known.get(symbol) instanceof Number number) {
                    track.next(number.longValue());
                }
            }
            give(stream);
        }
        droppedBefore = from.flatMap(position -> position.number(DROPPED)).orElse(0L);
    }

    private static Map<?, ?> numbers(LiveStream stream, Optional<Position> from) throws ConnectorException {
        Object known = from.isEmpty() ? null : from.get().values().get(stream.name());
        if (known instanceof Map<?, ?> numbers) {
            return numbers;
        }
        boolean own = from.isEmpty() || from.get().number(DROPPED).isPresent();
        if (known != null || !own) {
            throw new ConnectorException(
                    "EXCHANGE-BAD-POSITION",
                    Category.FATAL,
                    "the position " + from.orElseThrow().values() + " is not one of this source",
                    "start the workflow afresh if its source has changed");
        }
        return Map.of();
    }

    @Nullable Track of(String channel) {
        return byChannel.get(channel);
    }

    Collection<Track> all() {
        return byChannel.values();
    }

    List<String> channels() {
        return List.copyOf(byChannel.keySet());
    }

    /** All rows of a stream up to now are given, or in the batch whose position is asked for next. */
    void give(LiveStream stream) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        for (Track track : byChannel.values()) {
            if (track.stream().equals(stream) && track.known()) {
                numbers.put(track.symbol(), track.next());
            }
        }
        given.put(stream.name(), numbers);
    }

    /** Behind all that has been given. */
    Position position() {
        Map<String, Object> values = new LinkedHashMap<>(given);
        values.put(DROPPED, dropped());
        return new Position(values);
    }

    /** Numbers of tracks that were dropped in this workflow. */
    long dropped() {
        List<Track> tracks = new ArrayList<>(byChannel.values());
        return droppedBefore + tracks.stream().mapToLong(Track::missed).sum();
    }
}
