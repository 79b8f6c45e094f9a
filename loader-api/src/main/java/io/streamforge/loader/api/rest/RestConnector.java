package io.streamforge.loader.api.rest;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorDescriptor.Role;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Options;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceConnector;
import io.streamforge.loader.api.http.Pauses;

/** {@code rest}: any paged JSON API. */
public final class RestConnector implements SourceConnector {

    private static final ConnectorDescriptor DESCRIPTOR = new ConnectorDescriptor(
            "rest",
            "JSON API",
            "Rows of any HTTP API that answers with JSON, all at once or page by page: by number, offset, cursor or link. Numbers"
                    + " keep their digits; a row that does not fit its columns is rejected with its page and place.",
            new Role(
                    "loader-api",
                    RestOptions.SPECS,
                    "Reads every row of every page once and goes on within the page it stopped at; as exact as the API's order of"
                            + " rows is stable between calls."),
            null);

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Source source(Options options) throws ConnectorException {
        return new RestSource(RestOptions.of(options), Pauses.SLEEP);
    }
}
