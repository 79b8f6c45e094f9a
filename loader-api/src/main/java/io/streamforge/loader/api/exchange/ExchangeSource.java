package io.streamforge.loader.api.exchange;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.Source;
import io.streamforge.loader.api.PageFlux;
import io.streamforge.loader.api.http.Pauses;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import reactor.core.publisher.Flux;

/** History of some symbols, each a split of its own. */
final class ExchangeSource implements Source {

    private static final String SYMBOL = "symbol";

    private final ExchangeOptions options;
    private final ExchangeApi api;
    private final Clock clock;

    ExchangeSource(ExchangeOptions options, Clock clock, Pauses pauses) {
        this.options = options;
        this.clock = clock;
        api = new ExchangeApi(options.access(), clock, pauses);
    }

    @Override
    public Discovery discover() throws ConnectorException {
        api.requireTraded(options.symbols());
        return new Discovery(
                options.candles() ? Schemas.CANDLES : Schemas.TRADES,
                options.symbols().stream()
                        .map(symbol -> new Split(symbol, Map.of(SYMBOL, symbol)))
                        .toList(),
                estimate());
    }

    @Override
    public Flux<RecordBatch> read(Split split, Optional<Position> from, RowSchema schema) {
        String symbol = String.valueOf(split.values().get(SYMBOL));
        if (from.isPresent() && !readable(from.get())) {
            return Flux.error(new ConnectorException(
                    "EXCHANGE-BAD-POSITION",
                    Category.FATAL,
                    "the position " + from.get().values() + " of " + symbol + " is not one of this source",
                    "start the workflow afresh if its source has changed"));
        }
        return PageFlux.of(() -> options.candles()
                ? new CandlePages(api, options, symbol, schema, from, clock)
                : new TradePages(api, options, symbol, schema, from, clock));
    }

    private boolean readable(Position position) {
        boolean byTime = position.number(CandlePages.NEXT_TIME).isPresent();
        return byTime
                || (!options.candles() && position.number(TradePages.NEXT_ID).isPresent());
    }

    private OptionalLong estimate() {
        Interval interval = options.interval();
        if (interval == null) {
            return OptionalLong.empty();
        }
        long each = options.range().millis() / interval.length().toMillis();
        return OptionalLong.of(each * options.symbols().size());
    }
}
