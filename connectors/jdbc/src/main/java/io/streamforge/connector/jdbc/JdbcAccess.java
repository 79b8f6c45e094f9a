package io.streamforge.connector.jdbc;

import io.streamforge.connector.Options;
import java.time.Duration;
import java.util.Optional;

/**
 * How a database is reached.
 *
 * @param timeout of connecting and of waiting for locks
 * @param socketTimeout without any answer from the server, after which a connection counts as lost
 */
public record JdbcAccess(
        String url, Optional<String> username, Optional<String> password, Duration timeout, Duration socketTimeout) {

    /** The options of a server: url, username, password and both time-outs. */
    public static JdbcAccess of(Options options) {
        return new JdbcAccess(
                options.string(JdbcOptions.URL),
                options.optional(JdbcOptions.USERNAME),
                options.optional(JdbcOptions.PASSWORD),
                options.duration(JdbcOptions.CONNECT_TIMEOUT),
                options.duration(JdbcOptions.SOCKET_TIMEOUT));
    }

    /** The password in a text that somebody else wrote, such as a driver's message, becomes asterisks. */
    String masked(String text) {
        return password.filter(secret -> !secret.isBlank())
                .map(secret -> text.replace(secret, "***"))
                .orElse(text);
    }

    @Override
    public String toString() {
        return "JdbcAccess[username=" + username.orElse("") + "]";
    }
}
