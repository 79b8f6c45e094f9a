package io.streamforge.loader.ws.exchange;

import static io.streamforge.record.Column.required;

import io.streamforge.connector.ConnectorException;
import io.streamforge.loader.api.exchange.ExchangeHistory;
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

/** Changes of the order book, by the ids of changes. Where some were missed, and at the beginning, the whole book is given. */
record DepthStream(ExchangeHistory history) implements LiveStream {

    static final RowSchema SCHEMA = new RowSchema(
            "depth",
            List.of(
                    required("symbol", DataType.STRING),
                    required("first_update_id", DataType.INT64),
                    required("last_update_id", DataType.INT64),
                    required("time", Schemas.TIME),
                    required("snapshot", DataType.BOOLEAN),
                    required("bids", DataType.JSON),
                    required("asks", DataType.JSON)),
            List.of("symbol", "last_update_id"));

    @Override
    public String name() {
        return "depth";
    }

    @Override
    public String channel(String symbol) {
        return symbol.toLowerCase(Locale.ROOT) + "@depth";
    }

    @Override
    public RowSchema schema() {
        return SCHEMA;
    }

    @Override
    public Told told(JsonNode data) {
        return new Told(LiveStream.number(data, "U"), LiveStream.number(data, "u") + 1, true);
    }

    @Override
    public long begin(Told told) {
        return 0;
    }

    @Override
    public void write(PageRows rows, String symbol, JsonNode data) {
        long time = data.path("E").asLong();
        rows.add(
                rows.size() + 1,
                data,
                time,
                Arrays.asList(
                        symbol,
                        data.get("U"),
                        data.get("u"),
                        Instant.ofEpochMilli(time),
                        false,
                        data.path("b").toString(),
                        data.path("a").toString()));
    }

    /** A book that is older than the change that showed the gap is of no use: there will be a newer one. */
    @Override
    public long fill(PageRows rows, String symbol, long from, long to) throws ConnectorException, InterruptedException {
        JsonNode book = history.book(symbol);
        long last = LiveStream.number(book, "lastUpdateId");
        if (last + 1 < to) {
            return from;
        }
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        rows.add(
                rows.size() + 1,
                book,
                now.toEpochMilli(),
                Arrays.asList(
                        symbol,
                        last,
                        last,
                        now,
                        true,
                        book.path("bids").toString(),
                        book.path("asks").toString()));
        return last + 1;
    }
}
