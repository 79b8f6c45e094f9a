package io.streamforge.loader.api.exchange;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.Options;
import io.streamforge.loader.api.http.Pauses;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Pages of the exchange's history, for a live feed that fills its gaps from them. */
public final class ExchangeHistory {

    private final ExchangeApi api;
    private final int pageLimit;

    /** @throws ConnectorException when options are wrong together */
    public ExchangeHistory(Options options) throws ConnectorException {
        Access access = Access.of(options);
        api = new ExchangeApi(access, Clock.systemUTC(), Pauses.SLEEP);
        pageLimit = access.pageLimit();
    }

    /** A connector's own options followed by those that say how history is asked for. */
    public static List<OptionSpec> after(List<OptionSpec> own) {
        return Access.after(own);
    }

    /**
     * The option {@code symbols}, each once.
     *
     * @throws ConnectorException when there is none, or one cannot be a symbol
     */
    public static List<String> symbols(Options options) throws ConnectorException {
        return ExchangeOptions.symbols(options.list("symbols"));
    }

    /** @throws ConnectorException when the exchange does not trade one of them, or cannot be asked */
    public void requireTraded(List<String> symbols) throws ConnectorException {
        api.requireTraded(symbols);
    }

    /** Aggregate trades from an id on, as the exchange writes them. */
    public List<JsonNode> trades(String symbol, long fromId) throws ConnectorException, InterruptedException {
        return fromId("/api/v3/aggTrades", symbol, fromId);
    }

    /** Single trades from an id on, as the exchange writes them. */
    public List<JsonNode> singleTrades(String symbol, long fromId) throws ConnectorException, InterruptedException {
        return fromId("/api/v3/historicalTrades", symbol, fromId);
    }

    private List<JsonNode> fromId(String path, String symbol, long id) throws ConnectorException, InterruptedException {
        Map<String, String> query = query(symbol);
        query.put("fromId", Long.toString(id));
        return api.rows(path, query);
    }

    /** Candles that open at a time (epoch milliseconds) or later; the last may be unfinished. */
    public List<JsonNode> candles(String symbol, Interval interval, long start)
            throws ConnectorException, InterruptedException {
        Map<String, String> query = query(symbol);
        query.put("interval", interval.code());
        query.put("startTime", Long.toString(start));
        return api.rows("/api/v3/klines", query);
    }

    /** The order book of now. */
    public JsonNode book(String symbol) throws ConnectorException, InterruptedException {
        return api.tree("/api/v3/depth", query(symbol));
    }

    private Map<String, String> query(String symbol) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("symbol", symbol);
        query.put("limit", Integer.toString(pageLimit));
        return query;
    }
}
