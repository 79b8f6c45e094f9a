package io.streamforge.loader.api.exchange;

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

/** Aggregate trades of a symbol: the first is found by time, an hour at a time, and the rest by id. */
final class TradePages implements PageFlux.Pages {

    static final String NEXT_ID = "next_id";
    private static final String NEXT_TIME = "next_time";
    private static final long NO_ID = -1;
    private static final long HOUR = 3_600_000;

    private final ExchangeApi api;
    private final ExchangeOptions options;
    private final String symbol;
    private final RowSchema schema;
    private final long end;
    private long nextTime;
    private long nextId;
    private boolean finished;

    TradePages(
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
        end = Math.min(options.range().end(), clock.millis());
        nextId = from.flatMap(position -> position.number(NEXT_ID)).orElse(NO_ID);
        nextTime = from.flatMap(position -> position.number(NEXT_TIME))
                .orElse(options.range().start());
    }

    @Override
    public Optional<RecordBatch> next() throws ConnectorException, InterruptedException {
        if (finished || (nextId == NO_ID && nextTime >= end)) {
            return Optional.empty();
        }
        List<JsonNode> trades = nextId == NO_ID ? pageByTime() : pageById();
        PageRows rows = new PageRows(schema, symbol + " trades from " + place());
        if (nextId == NO_ID) {
            nextTime = Math.min(end, nextTime + HOUR);
        }
        int number = 0;
        for (JsonNode trade : trades) {
            if (!add(rows, trade, ++number)) {
                finished = true;
                break;
            }
        }
        finished |= trades.isEmpty() && nextId != NO_ID;
        return finished && rows.isEmpty() ? Optional.empty() : Optional.of(rows.batch(position()));
    }

    private List<JsonNode> pageByTime() throws ConnectorException, InterruptedException {
        Map<String, String> query = query();
        query.put("startTime", Long.toString(nextTime));
        query.put("endTime", Long.toString(Math.min(nextTime + HOUR, end) - 1));
        return api.rows("/api/v3/aggTrades", query);
    }

    private List<JsonNode> pageById() throws ConnectorException, InterruptedException {
        Map<String, String> query = query();
        query.put("fromId", Long.toString(nextId));
        return api.rows("/api/v3/aggTrades", query);
    }

    private Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("symbol", symbol);
        query.put("limit", Integer.toString(options.access().pageLimit()));
        return query;
    }

    /** False when the trade lies behind the range. */
    private boolean add(PageRows rows, JsonNode trade, int number) throws ConnectorException {
        JsonNode id = trade.path("a");
        JsonNode time = trade.path("T");
        if (!id.isIntegralNumber() || !time.isIntegralNumber()) {
            throw ExchangeApi.unexpected("a trade without id and time");
        }
        if (id.asLong() < nextId) {
            throw ExchangeApi.unexpected("trades out of order");
        }
        if (time.asLong() >= end) {
            return false;
        }
        rows.add(number, trade, time.asLong(), Schemas.trade(symbol, trade));
        nextId = id.asLong() + 1;
        return true;
    }

    private Position position() {
        return nextId == NO_ID ? Position.of(NEXT_TIME, nextTime) : Position.of(NEXT_ID, nextId);
    }

    private String place() {
        return nextId == NO_ID ? Instant.ofEpochMilli(nextTime).toString() : "id " + nextId;
    }
}
