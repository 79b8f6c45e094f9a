package io.streamforge.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a row, in order, and which of them are its key.
 *
 * @param name what the rows are called, such as the table's name
 * @param columns at least one, names unique
 * @param key names of the key columns in key order; empty when the rows have no key
 */
public record RowSchema(String name, List<Column> columns, List<String> key) {

    public RowSchema {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("schema '" + name + "' has no columns");
        }
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("schema '" + name + "' has two columns '" + column.name() + "'");
            }
        }
        for (String part : key) {
            if (!names.contains(part)) {
                throw new IllegalArgumentException("schema '" + name + "': key column '" + part + "' is not a column");
            }
        }
    }

    public int size() {
        return columns.size();
    }

    public Column column(int index) {
        return columns.get(index);
    }

    /** Index of the named column, or -1. */
    public int indexOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        return -1;
    }

    public boolean keyed() {
        return !key.isEmpty();
    }

    public RowSchema withKey(List<String> newKey) {
        return new RowSchema(name, columns, newKey);
    }

    public RowSchema withName(String newName) {
        return new RowSchema(newName, columns, key);
    }

    /** The schema of this schema's keys: its key columns alone, in key order. Only for keyed schemas. */
    public RowSchema keySchema() {
        Map<String, Column> byName = new HashMap<>();
        columns.forEach(column -> byName.put(column.name(), column));
        return new RowSchema(
                name + "_key",
                key.stream()
                        .map(part -> java.util.Objects.requireNonNull(byName.get(part)))
                        .toList(),
                key);
    }

    /** Indices of the key columns in key order. */
    public int[] keyIndices() {
        return key.stream().mapToInt(this::indexOf).toArray();
    }
}
