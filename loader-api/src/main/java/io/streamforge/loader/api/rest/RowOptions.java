package io.streamforge.loader.api.rest;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Options;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.core.JsonPointer;

/** Options that say where rows are in JSON and what they look like. */
public final class RowOptions {

    private RowOptions() {}

    /**
     * Makes the columns that are the key not nullable.
     *
     * @throws ConnectorException when one of them is missing
     */
    static List<Column> withKey(List<Column> columns, List<String> key) throws ConnectorException {
        Set<String> missing = new HashSet<>(key);
        List<Column> keyed = new ArrayList<>();
        for (Column column : columns) {
            missing.remove(column.name());
            keyed.add(key.contains(column.name()) ? Column.required(column.name(), column.type()) : column);
        }
        if (!missing.isEmpty()) {
            List<String> names = columns.stream().map(Column::name).toList();
            throw wrong(
                    "key",
                    "there is no column " + String.join(", ", missing) + "; columns: " + String.join(", ", names));
        }
        return keyed;
    }

    /**
     * The option {@code columns}; those of the key are not nullable.
     *
     * @throws ConnectorException when a type is none, or a column of the key is missing
     */
    public static List<Column> columns(Map<String, String> written, List<String> key) throws ConnectorException {
        List<Column> columns = new ArrayList<>();
        for (Map.Entry<String, String> column : written.entrySet()) {
            DataType type = checked("columns." + column.getKey(), () -> DataType.parse(column.getValue()));
            columns.add(checked("columns", () -> Column.nullable(column.getKey(), type)));
        }
        return columns.isEmpty() ? columns : withKey(columns, key);
    }

    /** @throws ConnectorException when the option is no JSON pointer */
    public static JsonPointer pointer(Options options, String name) throws ConnectorException {
        String text = options.string(name);
        if (!text.isEmpty() && !text.startsWith("/")) {
            throw wrong(name, "'" + text + "' is not a JSON pointer such as /data/items");
        }
        return checked(name, () -> JsonPointer.compile(text));
    }

    /** @throws ConnectorException that names the option when its value is refused */
    public static <T> T checked(String option, Supplier<T> value) throws ConnectorException {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw wrong(option, String.valueOf(e.getMessage()));
        }
    }

    public static ConnectorException wrong(String option, String message) {
        return new ConnectorException(
                new ErrorInfo("OPTION-VALUE", Category.FATAL, option + ": " + message, option, null), null);
    }
}
