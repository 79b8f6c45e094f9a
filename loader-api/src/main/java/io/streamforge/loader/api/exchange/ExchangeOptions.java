package io.streamforge.loader.api.exchange;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import io.streamforge.connector.Suggestions;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is read.
 *
 * @param interval of candles; null for trades
 */
record ExchangeOptions(
        Access access, List<String> symbols, @Nullable Interval interval, TimeRange range) {

    static final List<OptionSpec> SPECS = Access.after(List.of(
            OptionSpec.of("symbols", OptionType.LIST, "Trading pairs as the exchange writes them; each is a split.")
                    .withRequired()
                    .withExample("[BTCUSDT, ETHUSDT]"),
            OptionSpec.of(
                            "time_range",
                            OptionType.STRING,
                            "From the start (included) to the end (excluded): dates in UTC or RFC 3339 times. Candles count"
                                    + " by their open time; a candle that is not finished yet is left out.")
                    .withRequired()
                    .withExample("2024-08-01:2024-08-02"),
            OptionSpec.of(
                            "type",
                            OptionType.STRING,
                            "What to read, in one word: api_candles_<interval> or api_trades. Stands for data and"
                                    + " interval.")
                    .withExample("api_candles_5m"),
            OptionSpec.of("data", OptionType.STRING, "What to read.").withAllowed("candles", "trades"),
            OptionSpec.of("interval", OptionType.STRING, "Length of a candle.")
                    .withAllowed(Interval.codes().toArray(String[]::new))));

    /** @throws ConnectorException when options are wrong together */
    static ExchangeOptions of(Options options) throws ConnectorException {
        return new ExchangeOptions(
                Access.of(options),
                symbols(options.list("symbols")),
                interval(options),
                checked("time_range", () -> TimeRange.parse(options.string("time_range"))));
    }

    boolean candles() {
        return interval != null;
    }

    static List<String> symbols(List<String> written) throws ConnectorException {
        for (String symbol : written) {
            if (!symbol.matches("[A-Za-z0-9._-]{1,40}")) {
                throw wrong("symbols", "'" + symbol + "' is not a symbol", "for example BTCUSDT");
            }
        }
        if (written.isEmpty()) {
            throw wrong("symbols", "no symbol is named", "for example [BTCUSDT]");
        }
        return written.stream().distinct().toList();
    }

    private static @Nullable Interval interval(Options options) throws ConnectorException {
        Optional<String> type = options.optional("type");
        Optional<String> data = options.optional("data");
        Optional<String> interval = options.optional("interval");
        if (type.isPresent()) {
            if (data.isPresent() || interval.isPresent()) {
                throw wrong("type", "stands for data and interval; give either", null);
            }
            return ofType(type.get());
        }
        if (data.isEmpty()) {
            throw wrong("type", "option is required", "for example api_candles_5m, or data: candles with interval: 5m");
        }
        boolean candles = data.get().equals("candles");
        if (candles != interval.isPresent()) {
            throw wrong("interval", candles ? "candles need an interval" : "trades have no interval", null);
        }
        return interval.flatMap(Interval::ofCode).orElse(null);
    }

    private static @Nullable Interval ofType(String type) throws ConnectorException {
        if (type.equals("api_trades")) {
            return null;
        }
        String prefix = "api_candles_";
        Optional<Interval> interval =
                type.startsWith(prefix) ? Interval.ofCode(type.substring(prefix.length())) : Optional.empty();
        if (interval.isEmpty()) {
            List<String> types = Stream.concat(
                            Stream.of("api_trades"), Interval.codes().stream().map(prefix::concat))
                    .toList();
            throw wrong("type", "'" + type + "' is not a type", Suggestions.sentence(type, types));
        }
        return interval.get();
    }

    static <T> T checked(String option, Supplier<T> value) throws ConnectorException {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw wrong(option, String.valueOf(e.getMessage()), null);
        }
    }

    static ConnectorException wrong(String option, String message, @Nullable String suggestion) {
        return new ConnectorException(
                new ErrorInfo("OPTION-VALUE", Category.FATAL, option + ": " + message, option, suggestion), null);
    }
}
