package io.streamforge.loader.ws.exchange;

import io.streamforge.connector.ConnectorException;
import io.streamforge.loader.api.exchange.PageRows;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** A kind of stream: what it is called, what its messages say and how its gaps are filled. */
interface LiveStream {

    /** As in the option {@code streams}; names the track's numbers in positions. */
    String name();

    /** What the exchange calls it for a symbol: {@code btcusdt@aggTrade}. */
    String channel(String symbol);

    RowSchema schema();

    /**
     * Where a message stands in its sequence.
     *
     * @throws IllegalArgumentException when it is none of this stream
     */
    Told told(JsonNode data);

    /** Writes the row of a message. */
    void write(PageRows rows, String symbol, JsonNode data);

    /** Whether numbers follow one another without a gap, so that one that is missing was missed. */
    default boolean contiguous() {
        return true;
    }

    /** The number that must come first when nothing has been given yet. */
    default long begin(Told told) {
        return told.first();
    }

    /**
     * Writes a page of rows from one number to before another out of the exchange's history.
     *
     * @return the number that must come next; {@code from} when history has nothing yet
     */
    long fill(PageRows rows, String symbol, long from, long to) throws ConnectorException, InterruptedException;

    /**
     * @param first number of the message
     * @param next number of the message behind it
     * @param row whether it is a row; without, it only shows how far the sequence is
     */
    record Told(long first, long next, boolean row) {}

    /**
     * Writes those trades of a page that lie between two numbers. An id that history leaves out does not exist.
     *
     * @return the number that must come next
     */
    static long fill(List<JsonNode> page, String id, long from, long to, Consumer<JsonNode> write) {
        long next = from;
        for (JsonNode trade : page) {
            long number = number(trade, id);
            if (number >= to) {
                return to;
            }
            if (number >= next) {
                write.accept(trade);
                next = number + 1;
            }
        }
        return next;
    }

    /** A whole number of a message. */
    static long number(JsonNode data, String name) {
        JsonNode number = data.path(name);
        if (!number.isIntegralNumber()) {
            throw new IllegalArgumentException("a message without '" + name + "'");
        }
        return number.asLong();
    }
}
