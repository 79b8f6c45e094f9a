package io.streamforge.connector.jdbc;

import io.streamforge.record.RowSchema;
import java.util.List;

/**
 * Which column of the target each column of the rows goes to.
 *
 * @param schema of the rows
 * @param mode what a row does to that table: never {@link WriteMode#REPLACE}, which is one of the others on a table beside it
 * @param columns of the target, in the order of the rows' columns
 * @param key indices of the key columns in the rows; empty when rows are only added and have no key
 * @param deletes true when the records' keys are the target's key, so that a tombstone says which row to delete
 */
record Mapping(
        RowSchema schema,
        TargetTable table,
        WriteMode mode,
        List<TargetColumn> columns,
        List<Integer> key,
        boolean deletes) {

    Mapping {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /** The same columns of another table, which has the same ones. */
    Mapping onto(TargetTable other) {
        return new Mapping(schema, other, mode, columns, key, deletes);
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
