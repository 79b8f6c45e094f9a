package io.streamforge.loader.ws.exchange;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import io.streamforge.connector.Suggestions;
import io.streamforge.loader.api.exchange.ExchangeHistory;
import io.streamforge.loader.api.exchange.Interval;
import io.streamforge.loader.ws.feed.FeedAddress;
import io.streamforge.loader.ws.feed.FeedOptions;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is followed.
 *
 * @param streams none twice
 * @param connections over which the symbols are spread
 */
record LiveOptions(
        URI streamUrl,
        List<String> symbols,
        List<LiveStream> streams,
        int connections,
        ExchangeHistory history,
        FeedOptions feed) {

    private static final String CANDLES = "candles_";

    static final List<OptionSpec> SPECS = ExchangeHistory.after(Stream.concat(
                    Stream.of(
                            OptionSpec.of("symbols", OptionType.LIST, "Trading pairs as the exchange writes them.")
                                    .withRequired()
                                    .withExample("[BTCUSDT, ETHUSDT]"),
                            OptionSpec.of(
                                            "streams",
                                            OptionType.LIST,
                                            "What to follow: trades (aggregate ones), single_trades (what those stand for),"
                                                    + " candles_<interval>, book_ticker (best prices) and depth (changes of the"
                                                    + " order book). Rows of more than one kind are tables of their own.")
                                    .withDefault("trades")
                                    .withExample("[trades, candles_1m]"),
                            OptionSpec.of("stream_url", OptionType.STRING, "Address of the exchange's streams.")
                                    .withDefault("wss://stream.binance.com:9443")
                                    .withExample("ws://localhost:8190"),
                            OptionSpec.of(
                                            "connections",
                                            OptionType.INTEGER,
                                            "Connections over which the symbols are spread, by their names; each is a split. A"
                                                    + " workflow that runs already begins anew with symbols that this moves to"
                                                    + " another connection.")
                                    .withDefault("1")
                                    .withBounds(1, 64)),
                    FeedOptions.SPECS.stream())
            .toList());

    /** @throws ConnectorException when options are wrong together */
    static LiveOptions of(Options options) throws ConnectorException {
        ExchangeHistory history = new ExchangeHistory(options);
        return new LiveOptions(
                address(options.string("stream_url")),
                ExchangeHistory.symbols(options),
                streams(options.list("streams"), history),
                (int) options.integer("connections"),
                history,
                FeedOptions.of(options));
    }

    private static URI address(String text) throws ConnectorException {
        return FeedAddress.parse(text)
                .orElseThrow(() ->
                        wrong("stream_url", "must be a ws or wss address such as wss://stream.binance.com:9443", null));
    }

    private static List<LiveStream> streams(List<String> written, ExchangeHistory history) throws ConnectorException {
        List<LiveStream> streams = new ArrayList<>();
        for (String name : written.stream().distinct().toList()) {
            streams.add(stream(name, history));
        }
        if (streams.isEmpty()) {
            throw wrong("streams", "no stream is named", "for example [trades]");
        }
        return streams;
    }

    private static LiveStream stream(String name, ExchangeHistory history) throws ConnectorException {
        return switch (name) {
            case "trades" -> new TradeStream(history);
            case "single_trades" -> new SingleTradeStream(history);
            case "book_ticker" -> new TickerStream();
            case "depth" -> new DepthStream(history);
            default -> candles(name, history);
        };
    }

    private static LiveStream candles(String name, ExchangeHistory history) throws ConnectorException {
        Optional<Interval> interval =
                name.startsWith(CANDLES) ? Interval.ofCode(name.substring(CANDLES.length())) : Optional.empty();
        if (interval.isEmpty()) {
            List<String> known = Stream.concat(
                            Stream.of("trades", "single_trades", "book_ticker", "depth"),
                            Interval.codes().stream().map(CANDLES::concat))
                    .toList();
            throw wrong("streams", "'" + name + "' is not a stream", Suggestions.sentence(name, known));
        }
        return new CandleStream(history, interval.get());
    }

    private static ConnectorException wrong(String option, String message, @Nullable String suggestion) {
        return new ConnectorException(
                new ErrorInfo("OPTION-VALUE", Category.FATAL, option + ": " + message, option, suggestion), null);
    }
}
