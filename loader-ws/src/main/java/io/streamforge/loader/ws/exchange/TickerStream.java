package io.streamforge.loader.ws.exchange;

import static io.streamforge.record.Column.required;

import io.streamforge.loader.api.exchange.PageRows;
import io.streamforge.loader.api.exchange.Schemas;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Best prices. Their ids grow but not one by one, and there is no history of them: what was missed stays missed. */
record TickerStream() implements LiveStream {

    static final RowSchema SCHEMA = new RowSchema(
            "book_ticker",
            List.of(
                    required("symbol", DataType.STRING),
                    required("update_id", DataType.INT64),
                    required("bid_price", Schemas.AMOUNT),
                    required("bid_quantity", Schemas.AMOUNT),
                    required("ask_price", Schemas.AMOUNT),
                    required("ask_quantity", Schemas.AMOUNT),
                    required("received_at", Schemas.TIME)),
            List.of("symbol", "update_id"));

    @Override
    public String name() {
        return "book_ticker";
    }

    @Override
    public String channel(String symbol) {
        return symbol.toLowerCase(Locale.ROOT) + "@bookTicker";
    }

    @Override
    public RowSchema schema() {
        return SCHEMA;
    }

    @Override
    public boolean contiguous() {
        return false;
    }

    @Override
    public Told told(JsonNode data) {
        long id = LiveStream.number(data, "u");
        return new Told(id, id + 1, true);
    }

    /** The exchange gives no time. */
    @Override
    public void write(PageRows rows, String symbol, JsonNode data) {
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        rows.add(
                rows.size() + 1,
                data,
                now.toEpochMilli(),
                Arrays.asList(symbol, data.get("u"), data.get("b"), data.get("B"), data.get("a"), data.get("A"), now));
    }

    @Override
    public long fill(PageRows rows, String symbol, long from, long to) {
        return to;
    }
}
