package io.streamforge.connector.jdbc;

import java.util.List;

/**
 * A configured table of a database.
 *
 * @param key names of key columns; empty when the key of the rows is meant
 */
record JdbcSettings(JdbcAccess access, TableName table, WriteMode mode, List<String> key, boolean createTable) {

    JdbcSettings {
        key = List.copyOf(key);
    }

    @Override
    public String toString() {
        return "JdbcSettings[table=" + table.shown() + ", mode=" + mode.option() + "]";
    }
}
