package io.streamforge.loader.api.exchange;

import static java.util.Objects.requireNonNull;

import io.streamforge.connector.ConnectorException;
import io.streamforge.loader.api.PageFlux;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Candles of a symbol, page by page in the order of time. */
final class CandlePages implements PageFlux.Pages {

    static final String NEXT_TIME = "next_time";
    private static final int FIELDS = 11;

    private final ExchangeApi api;
    private final ExchangeOptions options;
    private final String symbol;
    private final RowSchema schema;
    private final Clock clock;
    private final String interval;
    private long next;

    CandlePages(
            ExchangeApi api,
            ExchangeOptions options,
            String symbol,
            RowSchema schema,
            Optional<Position> from,
            Clock clock) {
        this.api = api;
        this.options = options;
        this.symbol = symbol;
        this.schema = schema;
        this.clock = clock;
        interval = requireNonNull(options.interval()).code();
        next = from.flatMap(position -> position.number(NEXT_TIME))
                .orElse(options.range().start());
    }

    @Override
    public Optional<RecordBatch> next() throws ConnectorException, InterruptedException {
        if (next >= options.range().end()) {
            return Optional.empty();
        }
        long start = next;
        PageRows rows = new PageRows(schema, symbol + " " + interval + " candles from " + Instant.ofEpochMilli(start));
        int number = 0;
        for (JsonNode candle : page(start)) {
            if (!add(rows, candle, ++number)) {
                break;
            }
        }
        return next == start ? Optional.empty() : Optional.of(rows.batch(Position.of(NEXT_TIME, next)));
    }

    private List<JsonNode> page(long start) throws ConnectorException, InterruptedException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("symbol", symbol);
        query.put("interval", interval);
        query.put("startTime", Long.toString(start));
        query.put("endTime", Long.toString(options.range().end() - 1));
        query.put("limit", Integer.toString(options.access().pageLimit()));
        return api.rows("/api/v3/klines", query);
    }

    /** False when the candle is unfinished: it and what follows are not history yet. */
    private boolean add(PageRows rows, JsonNode candle, int number) throws ConnectorException {
        if (!candle.isArray()
                || candle.size() < FIELDS
                || !candle.path(0).isIntegralNumber()
                || !candle.path(6).isIntegralNumber()) {
            throw ExchangeApi.unexpected("a candle without its times");
        }
        long open = candle.path(0).asLong();
        long close = candle.path(6).asLong();
        if (open < next || close < open) {
            throw ExchangeApi.unexpected("candles out of order");
        }
        if (close >= clock.millis()) {
            return false;
        }
        rows.add(number, candle, open, Schemas.candle(symbol, interval, candle));
        next = close + 1;
        return true;
    }
}
