package io.streamforge.connector.jdbc.source;

import java.util.List;
import java.util.Optional;

/**
 * A table or a query as its database describes it.
 *
 * @param name of the rows: the table's name
 * @param from what stands behind FROM
 * @param keys columns of the primary key, then of the unique indexes that hold for all rows and have no nullable column
 * @param table false for a query or a view, whose rows lie nowhere
 */
public record Relation(String name, String from, List<ReadColumn> columns, List<List<String>> keys, boolean table) {

    public Relation {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }

    /** The column of exactly that name, or the only one of that name when case does not count. */
    public Optional<ReadColumn> column(String wanted) {
        Optional<ReadColumn> exact =
                columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
        if (exact.isPresent()) {
            return exact;
        }
        List<ReadColumn> similar = columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(wanted))
                .toList();
        return similar.size() == 1 ? Optional.of(similar.get(0)) : Optional.empty();
    }

    List<String> columnNames() {
        return columns.stream().map(ReadColumn::name).toList();
    }
}
