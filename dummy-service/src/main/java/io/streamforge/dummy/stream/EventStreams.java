package io.streamforge.dummy.stream;

import io.streamforge.dummy.market.Interval;
import io.streamforge.dummy.market.Market;
import io.streamforge.dummy.market.Markets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes event streams of their names. */
final class EventStreams {

    private static final Pattern NAME = Pattern.compile("([a-z0-9]+)@([a-zA-Z]+)(?:_(\\w+))?(?:@(100|1000)ms)?");
    private static final long SLOW_BOOK = 1_000;

    private final Markets markets;

    EventStreams(Markets markets) {
        this.markets = markets;
    }

    /** Empty when there is no such stream. */
    Optional<EventStream> open(String name, long now) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String parameter = matcher.group(3);
        long millis = matcher.group(4) == null ? SLOW_BOOK : Long.parseLong(matcher.group(4));
        return markets.find(matcher.group(1).toUpperCase(Locale.ROOT))
                .flatMap(market -> of(market, matcher.group(2), parameter == null ? "" : parameter, millis, now));
    }

    private static Optional<EventStream> of(Market market, String kind, String parameter, long millis, long now) {
        return switch (kind) {
            case "aggTrade" -> Optional.of(new TradeEvents(market, TradeEvents.Form.AGGREGATE, now));
            case "trade" -> Optional.of(new TradeEvents(market, TradeEvents.Form.SINGLE, now));
            case "bookTicker" -> Optional.of(new TradeEvents(market, TradeEvents.Form.BOOK_TICKER, now));
            case "depth" -> Optional.of(new DepthEvents(market, millis, now));
            case "kline" -> Interval.ofCode(parameter).map(interval -> new CandleEvents(market, interval, now));
            default -> Optional.empty();
        };
    }
}
