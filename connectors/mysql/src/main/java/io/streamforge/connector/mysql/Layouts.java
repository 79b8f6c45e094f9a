package io.streamforge.connector.mysql;

import io.streamforge.connector.ConnectorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The layouts of the captured tables at a position; immutable. */
final class Layouts {

    static final Layouts NONE = new Layouts(Map.of());

    private final Map<TableId, TableLayout> byTable;
    private final Map<String, Object> json;

    private Layouts(Map<TableId, TableLayout> byTable) {
        this.byTable = byTable;
        Map<String, Object> all = new LinkedHashMap<>();
        byTable.forEach((table, layout) -> all.put(table.toString(), json(layout)));
        json = all;
    }

    static Layouts of(Iterable<TableLayout> layouts) {
        Map<TableId, TableLayout> byTable = new LinkedHashMap<>();
        layouts.forEach(layout -> byTable.put(layout.table(), layout));
        return new Layouts(byTable);
    }

    Optional<TableLayout> find(TableId table) {
        return Optional.ofNullable(byTable.get(table));
    }

    /** By {@code database.table}. */
    Optional<TableLayout> find(String name) {
        return byTable.values().stream()
                .filter(layout -> layout.table().toString().equals(name))
                .findFirst();
    }

    Iterable<TableLayout> all() {
        return byTable.values();
    }

    Layouts with(TableLayout layout) {
        Map<TableId, TableLayout> changed = new LinkedHashMap<>(byTable);
        changed.put(layout.table(), layout);
        return new Layouts(changed);
    }

    /** As it is stored in a position: {@code {"shop.orders": {"database": …, "table": …, "columns": [[name, type, charset, nullable]]}}}. */
    Map<String, Object> json() {
        return json;
    }

    private static Map<String, Object> json(TableLayout layout) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("database", layout.table().database());
        values.put("table", layout.table().table());
        values.put("charset", layout.charset());
        values.put("key", layout.key());
        List<Object> columns = new ArrayList<>();
        for (SqlColumn column : layout.columns()) {
            columns.add(List.of(
                    column.name(), column.type(), column.charset() == null ? "" : column.charset(), column.nullable()));
        }
        values.put("columns", columns);
        return values;
    }

    /** What {@link #json} gave; tables that cannot be read are left out. */
    static Layouts ofJson(@Nullable Object stored) throws ConnectorException {
        List<TableLayout> layouts = new ArrayList<>();
        if (stored instanceof Map<?, ?> tables) {
            for (Object table : tables.values()) {
                if (table instanceof Map<?, ?> values) {
                    layouts.add(layout(values));
                }
            }
        }
        return of(layouts);
    }

    private static TableLayout layout(Map<?, ?> values) throws ConnectorException {
        List<SqlColumn> columns = new ArrayList<>();
        if (values.get("columns") instanceof List<?> stored) {
            for (Object column : stored) {
                List<?> parts = (List<?>) column;
                String charset = String.valueOf(parts.get(2));
                columns.add(new SqlColumn(
                        String.valueOf(parts.get(0)),
                        String.valueOf(parts.get(1)),
                        charset.isEmpty() ? null : charset,
                        Boolean.TRUE.equals(parts.get(3))));
            }
        }
        List<String> key = values.get("key") instanceof List<?> parts
                ? parts.stream().map(String::valueOf).toList()
                : List.of();
        TableId table = new TableId(String.valueOf(values.get("database")), String.valueOf(values.get("table")));
        return TableLayout.of(table, columns, key, String.valueOf(values.get("charset")));
    }
}
