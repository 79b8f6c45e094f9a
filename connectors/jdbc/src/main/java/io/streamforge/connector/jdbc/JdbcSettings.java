package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Options;
import io.streamforge.record.RowSchema;
import java.util.List;

/**
 * Configured tables of a database.
 *
 * @param table may name tables by the placeholders {@code {schema}} and {@code {table}}, which stand for those of the source
 * @param key names of key columns; empty when the key of the rows is meant
 * @param before statements to execute before a run's first row
 * @param after statements to execute when a run is complete
 */
record JdbcSettings(
        JdbcAccess access,
        TableName table,
        WriteMode mode,
        List<String> key,
        boolean createTable,
        List<String> before,
        List<String> after) {

    JdbcSettings {
        key = List.copyOf(key);
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    static JdbcSettings of(JdbcAccess access, Options options) throws ConnectorException {
        return new JdbcSettings(
                access,
                JdbcOptions.tableName(options.string(JdbcOptions.TABLE)),
                WriteMode.ofOption(options.string(JdbcOptions.MODE)),
                options.list(JdbcOptions.KEY),
                options.flag(JdbcOptions.CREATE_TABLE),
                options.list(JdbcOptions.PRE_SQL),
                options.list(JdbcOptions.POST_SQL));
    }

    /** The settings of one table of the source. */
    JdbcSettings of(RowSchema schema) {
        return new JdbcSettings(access, table.of(schema.name()), mode, key, createTable, before, after);
    }

    @Override
    public String toString() {
        return "JdbcSettings[table=" + table.shown() + ", mode=" + mode.option() + "]";
    }
}
