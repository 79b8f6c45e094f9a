package io.streamforge.dummy.stream;

import io.streamforge.dummy.market.Decimals;
import io.streamforge.dummy.market.Listing;
import io.streamforge.dummy.market.Market;
import io.streamforge.dummy.market.SingleTrade;
import io.streamforge.dummy.market.Trade;
import java.util.function.Consumer;

/** {@code @aggTrade}, {@code @trade} and {@code @bookTicker}: something happens with every trade. */
final class TradeEvents implements EventStream {

    private static final int TURN = 2_000;

    private final Market market;
    private final Listing listing;
    private final Form form;
    private final StringBuilder json = new StringBuilder(256);
    private long next;

    TradeEvents(Market market, Form form, long now) {
        this.market = market;
        this.form = form;
        listing = market.listing();
        next = market.firstTradeAt(now);
    }

    /** What is told of a trade. */
    enum Form {
        AGGREGATE,
        SINGLE,
        BOOK_TICKER
    }

    @Override
    public void due(long now, Consumer<String> events) {
        for (Trade trade : market.trades(next, now, now, TURN)) {
            switch (form) {
                case AGGREGATE -> events.accept(aggregate(trade, now));
                case SINGLE -> trade.singles().forEach(single -> events.accept(single(single, now)));
                case BOOK_TICKER -> events.accept(ticker(trade));
            }
            next = trade.id() + 1;
        }
    }

    @Override
    public void skip(long now) {
        next = Math.max(next, market.firstTradeAt(now));
    }

    private String aggregate(Trade trade, long now) {
        begin("aggTrade", now).append(",\"a\":").append(trade.id());
        amounts(trade.price(), trade.quantity());
        json.append(",\"f\":").append(trade.firstId()).append(",\"l\":").append(trade.lastId());
        return end(trade.time(), trade.buyerMaker());
    }

    private String single(SingleTrade trade, long now) {
        begin("trade", now).append(",\"t\":").append(trade.id());
        amounts(trade.price(), trade.quantity());
        return end(trade.time(), trade.buyerMaker());
    }

    /** Sits a tick below and above the last price. */
    private String ticker(Trade trade) {
        json.setLength(0);
        json.append("{\"u\":").append(trade.lastId()).append(",\"s\":\"").append(listing.symbol());
        int price = listing.priceDigits();
        int lot = listing.lotDigits();
        Decimals.append(json.append("\",\"b\":"), trade.price() - 1, price);
        Decimals.append(json.append(",\"B\":"), trade.quantity() * 2, lot);
        Decimals.append(json.append(",\"a\":"), trade.price() + 1, price);
        Decimals.append(json.append(",\"A\":"), trade.quantity() * 3, lot);
        return json.append('}').toString();
    }

    private StringBuilder begin(String event, long now) {
        json.setLength(0);
        return json.append("{\"e\":\"")
                .append(event)
                .append("\",\"E\":")
                .append(now)
                .append(",\"s\":\"")
                .append(listing.symbol())
                .append('"');
    }

    private void amounts(long price, long quantity) {
        Decimals.append(json.append(",\"p\":"), price, listing.priceDigits());
        Decimals.append(json.append(",\"q\":"), quantity, listing.lotDigits());
    }

    private String end(long time, boolean buyerMaker) {
        json.append(",\"T\":").append(time).append(",\"m\":").append(buyerMaker);
        return json.append(",\"M\":true}").toString();
    }
}
