package io.streamforge.loader.api.exchange;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorDescriptor.Role;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Options;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceConnector;
import io.streamforge.loader.api.http.Pauses;
import java.time.Clock;

/** {@code exchange}: candles and trades of the past. */
public final class ExchangeConnector implements SourceConnector {

    private static final ConnectorDescriptor DESCRIPTOR = new ConnectorDescriptor(
            "exchange",
            "Exchange history",
            "Candles of every interval and aggregate trades of an exchange with Binance's public REST interface, for a list of"
                    + " symbols and a range of time. Weight limits and Retry-After are honoured.",
            new Role(
                    "loader-api",
                    ExchangeOptions.SPECS,
                    "Reads every finished candle or trade of the range exactly once; goes on after a restart at the next one."),
            null);

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Source source(Options options) throws ConnectorException {
        return new ExchangeSource(ExchangeOptions.of(options), Clock.systemUTC(), Pauses.SLEEP);
    }
}
