package io.streamforge.connector.capture;

import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table at a place of the log, kept in a position as {@code {"found": [["id", "INT64", false]], "written": …}}.
 *
 * @param found as the log has them
 * @param written as its rows are written since
 */
public record TableColumns(List<Column> found, List<Column> written) {

    public TableColumns {
        found = List.copyOf(found);
        written = List.copyOf(written);
    }

    /** @param schema of the run's beginning, which has the same name and key */
    RowSchema found(RowSchema schema) {
        return new RowSchema(schema.name(), found, schema.key());
    }

    RowSchema written(RowSchema schema) {
        return new RowSchema(schema.name(), written, schema.key());
    }

    Object json() {
        return Map.of("found", json(found), "written", json(written));
    }

    /** @throws IllegalArgumentException when it is not what {@link #json} gave */
    static TableColumns of(@Nullable Object json) {
        if (json instanceof Map<?, ?> values) {
            return new TableColumns(columns(values.get("found")), columns(values.get("written")));
        }
        throw new IllegalArgumentException("'" + json + "' are no columns of a table");
    }

    private static List<List<Object>> json(List<Column> columns) {
        return columns.stream()
                .map(column -> List.<Object>of(column.name(), column.type().toString(), column.nullable()))
                .toList();
    }

    private static List<Column> columns(@Nullable Object json) {
        if (json instanceof List<?> columns) {
            return columns.stream().map(TableColumns::column).toList();
        }
        throw new IllegalArgumentException("'" + json + "' are no columns");
    }

    private static Column column(Object json) {
        if (json instanceof List<?> parts && parts.size() == 3) {
            DataType type = DataType.parse(String.valueOf(parts.get(1)));
            return new Column(String.valueOf(parts.get(0)), type, Boolean.TRUE.equals(parts.get(2)));
        }
        throw new IllegalArgumentException("'" + json + "' is no column");
    }
}
