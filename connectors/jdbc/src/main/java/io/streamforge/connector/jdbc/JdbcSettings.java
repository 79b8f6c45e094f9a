package io.streamforge.connector.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A configured table of a database.
 *
 * @param key names of key columns; empty when the key of the rows is meant
 * @param timeout of connecting and of waiting for locks
 * @param socketTimeout without any answer from the server, after which a connection counts as lost
 */
record JdbcSettings(
        String url,
        Optional<String> username,
        Optional<String> password,
        TableName table,
        WriteMode mode,
        List<String> key,
        boolean createTable,
        Duration timeout,
        Duration socketTimeout) {

    JdbcSettings {
        key = List.copyOf(key);
    }

    /** The password in a text that somebody else wrote, such as a driver's message, becomes asterisks. */
    String masked(String text) {
        return password.filter(secret -> !secret.isBlank())
                .map(secret -> text.replace(secret, "***"))
                .orElse(text);
    }

    @Override
    public String toString() {
        return "JdbcSettings[table=" + table.shown() + ", mode=" + mode.option() + "]";
    }
}
