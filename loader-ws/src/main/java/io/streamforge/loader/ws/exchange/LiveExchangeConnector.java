package io.streamforge.loader.ws.exchange;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorDescriptor.Role;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Options;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceConnector;

/** {@code exchange-live}: what {@code exchange} means as the source of a streaming workflow. */
public final class LiveExchangeConnector implements SourceConnector {

    private static final ConnectorDescriptor DESCRIPTOR = new ConnectorDescriptor(
            "exchange-live",
            "Exchange, live",
            "Trades, finished candles, best prices and the order book of an exchange with Binance's public streams, as they happen,"
                    + " for a list of symbols spread over connections. Connections are made again when they are lost, silent or"
                    + " without messages; what was missed meanwhile is read from the exchange's history. What connector: exchange"
                    + " is in a workflow of mode: streaming.",
            new Role(
                    "loader-ws",
                    LiveOptions.SPECS,
                    "Every trade and every finished candle from the first one on exactly once and in order per symbol, through lost"
                            + " connections, outages of the exchange and restarts; changes of the order book without a gap, by a new"
                            + " snapshot where some were missed; best prices as far as they were received. on_lag: drop and latest"
                            + " leave out what they say."),
            null);

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Source source(Options options) throws ConnectorException {
        return new LiveExchangeSource(LiveOptions.of(options));
    }
}
