package io.streamforge.loader.api.http;

import io.streamforge.connector.ConnectorException;
import java.util.Optional;

/** What a server means by a status of 4xx. */
@FunctionalInterface
public interface Refusals {

    /** A server without codes of its own. */
    Refusals PLAIN = (status, body) -> Optional.empty();

    /** The error, or empty when the status says it all. */
    Optional<ConnectorException> refused(int status, byte[] body);
}
