package io.streamforge.loader.ws.exchange;

import static io.streamforge.record.Column.required;

import io.streamforge.connector.ConnectorException;
import io.streamforge.loader.api.exchange.ExchangeHistory;
import io.streamforge.loader.api.exchange.PageRows;
import io.streamforge.loader.api.exchange.Schemas;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The trades that aggregate ones stand for, by their ids. */
record SingleTradeStream(ExchangeHistory history) implements LiveStream {

    static final RowSchema SCHEMA = new RowSchema(
            "single_trades",
            List.of(
                    required("symbol", DataType.STRING),
                    required("trade_id", DataType.INT64),
                    required("price", Schemas.AMOUNT),
                    required("quantity", Schemas.AMOUNT),
                    required("time", Schemas.TIME),
                    required("buyer_maker", DataType.BOOLEAN)),
            List.of("symbol", "trade_id"));

    /** What streams and calls name the columns behind the symbol. */
    private static final List<String> LIVE = List.of("t", "p", "q", "T", "m");

    private static final List<String> HISTORY = List.of("id", "price", "qty", "time", "isBuyerMaker");

    @Override
    public String name() {
        return "single_trades";
    }

    @Override
    public String channel(String symbol) {
        return symbol.toLowerCase(Locale.ROOT) + "@trade";
    }

    @Override
    public RowSchema schema() {
        return SCHEMA;
    }

    @Override
    public Told told(JsonNode data) {
        long id = LiveStream.number(data, "t");
        return new Told(id, id + 1, true);
    }

    @Override
    public void write(PageRows rows, String symbol, JsonNode data) {
        write(rows, symbol, data, LIVE);
    }

    private static void write(PageRows rows, String symbol, JsonNode trade, List<String> names) {
        JsonNode time = trade.path(names.get(3));
        rows.add(
                rows.size() + 1,
                trade,
                time.asLong(),
                Arrays.asList(
                        symbol,
                        trade.get(names.get(0)),
                        trade.get(names.get(1)),
                        trade.get(names.get(2)),
                        PageRows.time(time),
                        trade.get(names.get(4))));
    }

    @Override
    public long fill(PageRows rows, String symbol, long from, long to) throws ConnectorException, InterruptedException {
        List<JsonNode> page = history.singleTrades(symbol, from);
        return LiveStream.fill(page, "id", from, to, trade -> write(rows, symbol, trade, HISTORY));
    }
}
