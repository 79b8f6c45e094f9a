package io.streamforge.loader.api.exchange;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.Source;
import io.streamforge.connector.Suggestions;
import io.streamforge.loader.api.PageFlux;
import io.streamforge.loader.api.exchange.ExchangeApi.Symbols;
import io.streamforge.loader.api.http.HttpCalls;
import io.streamforge.loader.api.http.Pauses;
import io.streamforge.messages.ErrorInfo;
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
        api = new ExchangeApi(options, clock, pauses);
    }

    @Override
    public Discovery discover() throws ConnectorException {
        try {
            Symbols symbols = api.symbols(options.symbols());
            if (!symbols.unknown().isEmpty()) {
                throw unknown(symbols);
            }
        } catch (InterruptedException e) {
            throw HttpCalls.interrupted(e);
        }
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

    private static ConnectorException unknown(Symbols symbols) {
        String first = symbols.unknown().get(0);
        String guess = Suggestions.closest(first, symbols.known())
                .map(name -> "did you mean '" + name + "'?")
                .orElse("symbols are written like BTCUSDT");
        return new ConnectorException(
                new ErrorInfo(
                        "EXCHANGE-BAD-SYMBOL",
                        Category.FATAL,
                        "the exchange does not trade " + String.join(", ", symbols.unknown()),
                        "symbols",
                        guess),
                null);
    }
}
