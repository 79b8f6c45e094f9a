package io.streamforge.connector.jdbc;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table as its database describes it.
 *
 * @param name with the schema it was found in
 * @param uniqueKeys columns of the primary key and of every unique index that holds for all rows
 */
record TargetTable(TableName name, List<TargetColumn> columns, List<List<String>> uniqueKeys) {

    TargetTable {
        columns = List.copyOf(columns);
        uniqueKeys = List.copyOf(uniqueKeys);
    }

    /** The column of exactly that name, or the only one of that name when case does not count. */
    Optional<TargetColumn> column(String wanted) {
        Optional<TargetColumn> exact =
                columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
        if (exact.isPresent()) {
            return exact;
        }
        List<TargetColumn> similar = columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(wanted))
                .toList();
        return similar.size() == 1 ? Optional.of(similar.get(0)) : Optional.empty();
    }

    List<String> columnNames() {
        return columns.stream().map(TargetColumn::name).toList();
    }

    /** The unique keys that no row lacks. */
    List<List<String>> exactKeys() {
        return uniqueKeys.stream()
                .filter(key -> key.stream().allMatch(part -> column(part)
                        .filter(column -> !column.nullable())
                        .isPresent()))
                .toList();
    }

    boolean unique(List<String> key) {
        Set<String> wanted = new HashSet<>(key);
        return uniqueKeys.stream().anyMatch(unique -> wanted.equals(new HashSet<>(unique)));
    }
}
