package io.streamforge.connector.mysql;

import io.streamforge.record.RowSchema;
import java.util.List;

/**
 * The columns of a table as they are at a position.
 *
 * @param columns in the table's order
 * @param key names of the columns that identify a row
 * @param charset of text columns that name none
 * @param schema of the rows, one column for each of the table's
 */
record TableLayout(TableId table, List<SqlColumn> columns, List<String> key, String charset, RowSchema schema) {

    /** @throws io.streamforge.connector.ConnectorException when a column is of a type that is not captured */
    static TableLayout of(TableId table, List<SqlColumn> columns, List<String> key, String charset)
            throws io.streamforge.connector.ConnectorException {
        List<SqlColumn> kept = List.copyOf(columns);
        return new TableLayout(table, kept, List.copyOf(key), charset, RowSchemas.of(table, kept, key));
    }

    int indexOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(column)) {
                return i;
            }
        }
        return -1;
    }
}
