package io.streamforge.loader.api.exchange;

import static io.streamforge.loader.api.Configured.with;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.SourceConnector;
import io.streamforge.dummy.SimulatedExchange;
import io.streamforge.loader.api.Configured;
import io.streamforge.testing.SourceContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class CandlesContractIT extends SourceContract {

    private final SimulatedExchange exchange = SimulatedExchange.start(0);
    private final Map<String, Object> options = Map.of(
            "base_url",
            exchange.url(),
            "symbols",
            List.of("BTCUSDT", "ETHUSDT"),
            "type",
            "api_candles_1h",
            "time_range",
            "2024-08-01:2024-08-03",
            "retry_delay",
            "5ms");

    @AfterEach
    void close() {
        exchange.close();
    }

    @Override
    protected SourceConnector connector() {
        return new ExchangeConnector();
    }

    /** What small pages give must be what one large page gives. */
    @Override
    protected Content large() throws ConnectorException {
        return new Content(with(options, "page_limit", 7), Configured.readAll(connector(), options));
    }

    @Override
    protected Content everyType() throws ConnectorException {
        Map<String, Object> month = with(options, "type", "api_candles_1d");
        return new Content(month, Configured.readAll(connector(), month));
    }

    @Override
    protected Map<String, Map<String, Object>> wrong() {
        return Map.of(
                "did you mean 'BTCUSDT'", with(options, "symbols", List.of("BTCUSTD")),
                "api_candles_9m", with(options, "type", "api_candles_9m"),
                "range", with(options, "time_range", "today"));
    }

    @Override
    protected void assertNothingHeld() {
        // A page is whole in memory before its rows are; nothing stays open between two pages.
    }
}
