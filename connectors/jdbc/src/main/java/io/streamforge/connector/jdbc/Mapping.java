package io.streamforge.connector.jdbc;

import io.streamforge.record.RowSchema;
import java.util.List;

/**
 * Which column of the target each column of the rows goes to.
 *
 * @param schema of the rows
 * @param columns of the target, in the order of the rows' columns
 * @param key indices of the key columns in the rows; empty when rows are only added and have no key
 * @param deletes true when the records' keys are the target's key, so that a tombstone says which row to delete
 */
record Mapping(RowSchema schema, TargetTable table, List<TargetColumn> columns, List<Integer> key, boolean deletes) {

    Mapping {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    List<String> columnNames() {
        return columns.stream().map(TargetColumn::name).toList();
    }

    List<String> keyNames() {
        return key.stream().map(index -> columns.get(index).name()).toList();
    }

    /** Columns that are not part of the key. */
    List<String> otherNames() {
        List<String> keys = keyNames();
        return columnNames().stream().filter(name -> !keys.contains(name)).toList();
    }

    /** Why a tombstone deletes nothing here. */
    String undeletable() {
        return "the record to delete is named by " + schema.key() + ", the table's rows by " + keyNames();
    }
}
