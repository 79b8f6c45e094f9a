package io.streamforge.dummy.exchange;

import io.streamforge.dummy.market.Book;
import io.streamforge.dummy.market.Candle;
import io.streamforge.dummy.market.Decimals;
import io.streamforge.dummy.market.Interval;
import io.streamforge.dummy.market.Listing;
import io.streamforge.dummy.market.Market;
import io.streamforge.dummy.market.Markets;
import io.streamforge.dummy.market.SingleTrade;
import io.streamforge.dummy.market.Trade;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Binance's public market data calls, as in its documentation of {@code /api/v3}. */
final class MarketCalls {

    private static final int DEFAULT_LIMIT = 500;
    private static final int MAX_LIMIT = 1000;
    private static final long HOUR = 3_600_000;

    private final Markets markets;
    private final ExchangeSettings settings;
    private final Clock clock;

    MarketCalls(ExchangeSettings settings, Markets markets, Clock clock) {
        this.settings = settings;
        this.markets = markets;
        this.clock = clock;
    }

    Reply ping(Call call) {
        return Reply.json("{}");
    }

    Reply time(Call call) {
        return Reply.json("{\"serverTime\":" + clock.millis() + "}");
    }

    Reply klines(Call call) {
        Market market = market(call);
        String code = required(call, "interval");
        Interval interval = Interval.ofCode(code).orElseThrow(() -> new BadCallException(-1120, "Invalid interval."));
        int limit = call.limit("limit", DEFAULT_LIMIT, MAX_LIMIT);
        long now = clock.millis();
        long end = call.number("endTime").orElse(now);
        long lastOpen = interval.floor(Math.min(end, market.lastOpen(interval, now)));
        long start = call.number("startTime").orElseGet(() -> interval.back(lastOpen, limit - 1));
        StringBuilder json = new StringBuilder("[");
        for (Candle candle : market.candles(interval, start, end, now, limit)) {
            append(json, candle, market.listing());
        }
        return Reply.json(end(json));
    }

    Reply aggTrades(Call call) {
        Market market = market(call);
        int limit = call.limit("limit", DEFAULT_LIMIT, MAX_LIMIT);
        OptionalLong fromId = call.number("fromId");
        OptionalLong start = call.number("startTime");
        OptionalLong end = call.number("endTime");
        if (fromId.isPresent() && (start.isPresent() || end.isPresent())) {
            throw new BadCallException(-1128, "Combination of optional parameters invalid.");
        }
        if (start.isPresent() && end.isPresent() && end.getAsLong() - start.getAsLong() > HOUR) {
            throw new BadCallException(-1127, "More than 1 hours between startTime and endTime.");
        }
        long now = clock.millis();
        long last = end.orElse(now);
        long first = fromId.orElseGet(() -> start.isPresent()
                ? market.firstTradeAt(start.getAsLong())
                : market.firstTradeAt(Math.min(now, last + 1)) - limit);
        StringBuilder json = new StringBuilder("[");
        for (Trade trade : market.trades(first, last, now, limit)) {
            append(json, trade, market.listing());
        }
        return Reply.json(end(json));
    }

    Reply historicalTrades(Call call) {
        Market market = market(call);
        int limit = call.limit("limit", DEFAULT_LIMIT, MAX_LIMIT);
        long now = clock.millis();
        long first = call.number("fromId").orElseGet(() -> market.firstSingleAt(now) - limit);
        StringBuilder json = new StringBuilder("[");
        for (SingleTrade trade : market.singles(first, now, limit)) {
            append(json, trade, market.listing());
        }
        return Reply.json(end(json));
    }

    Reply depth(Call call) {
        Market market = market(call);
        return Reply.json(new Book(market).snapshot(market.firstTradeAt(clock.millis()) - 1));
    }

    Reply exchangeInfo(Call call) {
        List<Market> asked = call.text("symbol").isPresent()
                ? List.of(market(call))
                : call.text("symbols").map(this::listed).orElseGet(() -> List.copyOf(markets.all()));
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("timezone", "UTC");
        info.put("serverTime", clock.millis());
        info.put("rateLimits", List.of(rateLimit()));
        info.put("exchangeFilters", List.of());
        info.put(
                "symbols",
                asked.stream().map(Market::listing).map(MarketCalls::describe).toList());
        return Reply.json(info);
    }

    private Map<String, Object> rateLimit() {
        Map<String, Object> limit = new LinkedHashMap<>();
        limit.put("rateLimitType", "REQUEST_WEIGHT");
        limit.put("interval", settings.weightWindow().toSeconds() < 60 ? "SECOND" : "MINUTE");
        limit.put("intervalNum", 1);
        limit.put("limit", settings.weightLimit());
        return limit;
    }

    private static Map<String, Object> describe(Listing listing) {
        Map<String, Object> symbol = new LinkedHashMap<>();
        symbol.put("symbol", listing.symbol());
        symbol.put("status", "TRADING");
        symbol.put("baseAsset", listing.base());
        symbol.put("baseAssetPrecision", 8);
        symbol.put("quoteAsset", listing.quote());
        symbol.put("quotePrecision", 8);
        symbol.put("quoteAssetPrecision", 8);
        symbol.put("orderTypes", List.of("LIMIT", "MARKET"));
        symbol.put("isSpotTradingAllowed", true);
        symbol.put("permissions", List.of("SPOT"));
        return symbol;
    }

    /** {@code ["BTCUSDT","ETHUSDT"]}. */
    private List<Market> listed(String json) {
        List<Market> asked = new ArrayList<>();
        for (String name : json.replaceAll("[\\[\\]\"\\s]", "").split(",")) {
            asked.add(market(name));
        }
        return asked;
    }

    private Market market(Call call) {
        return market(required(call, "symbol"));
    }

    private Market market(String symbol) {
        return markets.find(symbol).orElseThrow(() -> new BadCallException(-1121, "Invalid symbol."));
    }

    private static String required(Call call, String parameter) {
        return call.text(parameter)
                .orElseThrow(() -> new BadCallException(
                        -1102, "Mandatory parameter '" + parameter + "' was not sent, was empty/null, or malformed."));
    }

    private static void append(StringBuilder json, Candle candle, Listing listing) {
        int price = listing.priceDigits();
        int lot = listing.lotDigits();
        json.append('[').append(candle.openTime()).append(',');
        Decimals.append(json, candle.open(), price).append(',');
        Decimals.append(json, candle.high(), price).append(',');
        Decimals.append(json, candle.low(), price).append(',');
        Decimals.append(json, candle.close(), price).append(',');
        Decimals.append(json, candle.volume(), lot).append(',');
        json.append(candle.closeTime()).append(',');
        Decimals.append(json, candle.quoteVolume(), price + lot).append(',');
        json.append(candle.trades()).append(',');
        Decimals.append(json, candle.taker(), lot).append(',');
        Decimals.append(json, candle.takerQuote(), price + lot).append(",\"0\"],");
    }

    private static void append(StringBuilder json, Trade trade, Listing listing) {
        json.append("{\"a\":").append(trade.id()).append(",\"p\":");
        Decimals.append(json, trade.price(), listing.priceDigits()).append(",\"q\":");
        Decimals.append(json, trade.quantity(), listing.lotDigits());
        json.append(",\"f\":").append(trade.firstId());
        json.append(",\"l\":").append(trade.lastId());
        json.append(",\"T\":").append(trade.time());
        json.append(",\"m\":").append(trade.buyerMaker()).append(",\"M\":true},");
    }

    private static void append(StringBuilder json, SingleTrade trade, Listing listing) {
        int price = listing.priceDigits();
        int lot = listing.lotDigits();
        json.append("{\"id\":").append(trade.id());
        Decimals.append(json.append(",\"price\":"), trade.price(), price);
        Decimals.append(json.append(",\"qty\":"), trade.quantity(), lot);
        Decimals.append(json.append(",\"quoteQty\":"), trade.price() * trade.quantity(), price + lot);
        json.append(",\"time\":").append(trade.time());
        json.append(",\"isBuyerMaker\":").append(trade.buyerMaker()).append(",\"isBestMatch\":true},");
    }

    private static StringBuilder end(StringBuilder json) {
        if (json.charAt(json.length() - 1) == ',') {
            json.setLength(json.length() - 1);
        }
        return json.append(']');
    }
}
