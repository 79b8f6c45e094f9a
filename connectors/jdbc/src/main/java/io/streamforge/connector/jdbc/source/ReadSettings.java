package io.streamforge.connector.jdbc.source;

import io.streamforge.connector.jdbc.JdbcAccess;
import io.streamforge.connector.jdbc.TableName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is read of a database.
 *
 * @param table or {@code query}: one of them is there
 * @param columns to read; empty for all
 * @param where a condition in the database's SQL
 * @param splitKey columns that order and divide the rows; empty for the primary key
 * @param incremental column whose values grow; each run reads what came since the last one
 * @param splits parts to read at the same time, when written
 */
public record ReadSettings(
        JdbcAccess access,
        Optional<TableName> table,
        Optional<String> query,
        List<String> columns,
        Optional<String> where,
        List<String> splitKey,
        Optional<String> incremental,
        OptionalInt splits) {

    public ReadSettings {
        columns = List.copyOf(columns);
        splitKey = List.copyOf(splitKey);
    }

    /** For messages and places: the table's name, or {@code query}. */
    public String shown() {
        return table.map(TableName::shown).orElse("query");
    }
}
