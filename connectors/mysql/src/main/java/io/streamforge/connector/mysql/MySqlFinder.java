package io.streamforge.connector.mysql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.CaptureErrors;
import io.streamforge.connector.capture.TableFinder;
import io.streamforge.connector.capture.TablePatterns;
import io.streamforge.record.RowSchema;
import java.util.List;

/** Looks for tables in {@code information_schema}. */
record MySqlFinder(TableCatalog catalog, TablePatterns patterns) implements TableFinder {

    @Override
    public List<String> names() throws ConnectorException {
        return catalog.names(patterns);
    }

    @Override
    public RowSchema schema(String name) throws ConnectorException {
        TableLayout found = catalog.named(List.of(name)).stream()
                .findFirst()
                .orElseThrow(() -> CaptureErrors.unprepared("table '" + name + "' is gone again", "create it again"));
        if (found.key().isEmpty()) {
            throw CaptureErrors.withoutKey(name);
        }
        return found.schema();
    }
}
