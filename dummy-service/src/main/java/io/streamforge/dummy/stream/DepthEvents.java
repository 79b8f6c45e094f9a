package io.streamforge.dummy.stream;

import io.streamforge.dummy.market.Book;
import io.streamforge.dummy.market.Market;
import java.util.function.Consumer;

/** {@code @depth}: levels of the book that have changed, once a second or ten times. */
final class DepthEvents implements EventStream {

    private final Market market;
    private final Book book;
    private final long every;
    private long nextUpdate;
    private long nextId;

    DepthEvents(Market market, long every, long now) {
        this.market = market;
        this.every = every;
        book = new Book(market);
        skip(now);
    }

    @Override
    public void due(long now, Consumer<String> events) {
        if (now < nextUpdate) {
            return;
        }
        nextUpdate = now - now % every + every;
        long last = market.firstTradeAt(now) - 1;
        if (last >= nextId) {
            StringBuilder json = new StringBuilder("{\"e\":\"depthUpdate\",\"E\":").append(now);
            json.append(",\"s\":\"").append(market.listing().symbol());
            json.append("\",\"U\":").append(nextId).append(",\"u\":").append(last);
            book.levels(json.append(",\"b\":"), true, nextId, last);
            book.levels(json.append(",\"a\":"), false, nextId, last);
            events.accept(json.append('}').toString());
            nextId = last + 1;
        }
    }

    @Override
    public void skip(long now) {
        nextUpdate = now - now % every + every;
        nextId = market.firstTradeAt(now);
    }
}
