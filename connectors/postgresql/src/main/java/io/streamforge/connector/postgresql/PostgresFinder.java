package io.streamforge.connector.postgresql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.CaptureErrors;
import io.streamforge.connector.capture.TableFinder;
import io.streamforge.record.RowSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Looks for tables in the catalog, over the connection that reads chunks. */
record PostgresFinder(CapturedTables tables, Connection connection, WalErrors errors) implements TableFinder {

    @Override
    public List<String> names() throws ConnectorException {
        try {
            return tables.matching(connection).stream().map(TableId::name).toList();
        } catch (SQLException e) {
            throw errors.translate("cannot look for tables", e);
        }
    }

    @Override
    public RowSchema schema(String name) throws ConnectorException {
        try {
            TableId found = tables.matching(connection).stream()
                    .filter(table -> table.name().equals(name))
                    .findFirst()
                    .orElseThrow(
                            () -> CaptureErrors.unprepared("table '" + name + "' is gone again", "create it again"));
            if (!new Server(connection).mayCapture(found)) {
                throw CaptureErrors.unprepared(
                        "the user may not publish table '" + name + "', because it is another's, or not read it",
                        "ALTER TABLE " + found.quoted()
                                + " OWNER TO a role that the user is in, or GRANT SELECT ON it");
            }
            return tables.schema(connection, found);
        } catch (SQLException e) {
            throw errors.translate("cannot look at table '" + name + "'", e);
        }
    }
}
