package io.streamforge.connector.jdbc.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cuts rows into equal parts by counting their keys in order: exact over all rows, an estimate over a sample.
 *
 * @param text SQL that gives a key column as its {@link KeyText}
 * @param divide the operator of whole division
 */
record CountedCuts(SelectSql sql, Function<ReadColumn, String> text, String divide) {

    /** @param sample what follows the table's name to take a part of it, empty for all */
    List<List<String>> of(Connection connection, Selection selection, String sample, int parts) throws SQLException {
        String names = sql.names(selection.splitKey());
        String texts = selection.splitKey().stream().map(text).collect(Collectors.joining(", "));
        String places = IntStream.range(1, parts)
                .mapToObj(part -> "sf_total * " + part + " " + divide + " " + parts)
                .collect(Collectors.joining(", "));
        String query = "SELECT " + texts + " FROM (SELECT " + names + ", row_number() OVER (ORDER BY " + names
                + ") AS sf_place, count(*) OVER () AS sf_total FROM "
                + selection.relation().from() + sample
                + sql.condition(selection, KeyRange.ALL, null) + ") AS sf_keys WHERE sf_place IN (" + places
                + ") ORDER BY sf_place";
        List<List<String>> cuts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                List<String> cut = new ArrayList<>();
                for (int i = 1; i <= selection.splitKey().size(); i++) {
                    cut.add(row.getString(i));
                }
                if (cuts.isEmpty() || !cuts.get(cuts.size() - 1).equals(cut)) {
                    cuts.add(cut);
                }
            }
        }
        return cuts;
    }
}
