package io.streamforge.loader.api.exchange;

import static io.streamforge.record.Column.required;

import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import java.util.List;

/** What candles and trades look like. The exchange prints eight fractional digits; twenty before them hold any volume. */
final class Schemas {

    private static final DataType AMOUNT = DataType.decimal(28, 8);
    private static final DataType TIME = DataType.timestampTz(3);

    static final RowSchema CANDLES = new RowSchema(
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

    static final RowSchema TRADES = new RowSchema(
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
}
