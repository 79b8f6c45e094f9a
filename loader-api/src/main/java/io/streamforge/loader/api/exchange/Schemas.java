package io.streamforge.loader.api.exchange;

import static io.streamforge.record.Column.required;

import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What candles and trades look like. The exchange prints eight fractional digits; twenty before them hold any volume. */
public final class Schemas {

    public static final DataType AMOUNT = DataType.decimal(28, 8);
    public static final DataType TIME = DataType.timestampTz(3);

    public static final RowSchema CANDLES = new RowSchema(
            "candles",
            List.of(
                    required("symbol", DataType.STRING),
                    required("interval", DataType.STRING),
                    required("open_time", TIME),
                    required("open", AMOUNT),
                    required("high", AMOUNT),
                    required("low", AMOUNT),
                    required("close", AMOUNT),
                    required("volume", AMOUNT),
                    required("close_time", TIME),
                    required("quote_volume", AMOUNT),
                    required("trades", DataType.INT64),
                    required("taker_base_volume", AMOUNT),
                    required("taker_quote_volume", AMOUNT)),
            List.of("symbol", "interval", "open_time"));

    public static final RowSchema TRADES = new RowSchema(
            "trades",
            List.of(
                    required("symbol", DataType.STRING),
                    required("trade_id", DataType.INT64),
                    required("price", AMOUNT),
                    required("quantity", AMOUNT),
                    required("first_trade_id", DataType.INT64),
                    required("last_trade_id", DataType.INT64),
                    required("time", TIME),
                    required("buyer_maker", DataType.BOOLEAN)),
            List.of("symbol", "trade_id"));

    private Schemas() {}

    /** The columns of a trade, as calls and streams write it. */
    public static List<@Nullable Object> trade(String symbol, JsonNode trade) {
        return Arrays.asList(
                symbol,
                trade.get("a"),
                trade.get("p"),
                trade.get("q"),
                trade.get("f"),
                trade.get("l"),
                PageRows.time(trade.path("T")),
                trade.get("m"));
    }

    /** The columns of a candle, as calls write it. */
    public static List<@Nullable Object> candle(String symbol, String interval, JsonNode candle) {
        return Arrays.asList(
                symbol,
                interval,
                PageRows.time(candle.path(0)),
                candle.get(1),
                candle.get(2),
                candle.get(3),
                candle.get(4),
                candle.get(5),
                PageRows.time(candle.path(6)),
                candle.get(7),
                candle.get(8),
                candle.get(9),
                candle.get(10));
    }
}
