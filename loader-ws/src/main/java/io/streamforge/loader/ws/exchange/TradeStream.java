package io.streamforge.loader.ws.exchange;

import io.streamforge.connector.ConnectorException;
import io.streamforge.loader.api.exchange.ExchangeHistory;
import io.streamforge.loader.api.exchange.PageRows;
import io.streamforge.loader.api.exchange.Schemas;
import io.streamforge.record.RowSchema;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Aggregate trades, by their ids. */
record TradeStream(ExchangeHistory history) implements LiveStream {

    @Override
    public String name() {
        return "trades";
    }

    @Override
    public String channel(String symbol) {
        return symbol.toLowerCase(Locale.ROOT) + "@aggTrade";
    }

    @Override
    public RowSchema schema() {
        return Schemas.TRADES;
    }

    @Override
    public Told told(JsonNode data) {
        long id = LiveStream.number(data, "a");
        return new Told(id, id + 1, true);
    }

    @Override
    public void write(PageRows rows, String symbol, JsonNode data) {
        rows.add(rows.size() + 1, data, data.path("T").asLong(), Schemas.trade(symbol, data));
    }

    @Override
    public long fill(PageRows rows, String symbol, long from, long to) throws ConnectorException, InterruptedException {
        return LiveStream.fill(history.trades(symbol, from), "a", from, to, trade -> write(rows, symbol, trade));
    }
}
