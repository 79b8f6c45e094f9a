package io.streamforge.loader.ws.exchange;

import io.streamforge.connector.ConnectorException;
import io.streamforge.loader.api.exchange.ExchangeHistory;
import io.streamforge.loader.api.exchange.Interval;
import io.streamforge.loader.api.exchange.PageRows;
import io.streamforge.loader.api.exchange.Schemas;
import io.streamforge.record.RowSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finished candles, by the times they open at; a running one shows that those before it are finished. */
record CandleStream(ExchangeHistory history, Interval interval) implements LiveStream {

    private static final int CLOSE_TIME = 6;

    @Override
    public String name() {
        return "candles_" + interval.code();
    }

    @Override
    public String channel(String symbol) {
        return symbol.toLowerCase(Locale.ROOT) + "@kline_" + interval.code();
    }

    @Override
    public RowSchema schema() {
        return Schemas.CANDLES;
    }

    @Override
    public Told told(JsonNode data) {
        JsonNode candle = data.path("k");
        boolean finished = candle.path("x").asBoolean(false);
        return new Told(LiveStream.number(candle, "t"), LiveStream.number(candle, "T") + 1, finished);
    }

    @Override
    public void write(PageRows rows, String symbol, JsonNode data) {
        JsonNode candle = data.path("k");
        rows.add(rows.size() + 1, data, candle.path("t").asLong(), values(symbol, candle));
    }

    private List<@Nullable Object> values(String symbol, JsonNode candle) {
        return Arrays.asList(
                symbol,
                interval.code(),
                PageRows.time(candle.path("t")),
                candle.get("o"),
                candle.get("h"),
                candle.get("l"),
                candle.get("c"),
                candle.get("v"),
                PageRows.time(candle.path("T")),
                candle.get("q"),
                candle.get("n"),
                candle.get("V"),
                candle.get("Q"));
    }

    /** A candle that history leaves out does not exist. */
    @Override
    public long fill(PageRows rows, String symbol, long from, long to) throws ConnectorException, InterruptedException {
        long next = from;
        for (JsonNode candle : history.candles(symbol, interval, from)) {
            long open = candle.path(0).asLong();
            if (open >= to) {
                return to;
            }
            if (open >= next) {
                rows.add(rows.size() + 1, candle, open, Schemas.candle(symbol, interval.code(), candle));
                next = candle.path(CLOSE_TIME).asLong() + 1;
            }
        }
        return next;
    }
}
