package io.streamforge.connector.jdbc.source;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the queries of a selection.
 *
 * @param quote makes an identifier of a name
 * @param literal makes a literal of a key column and its text, which must be safe for every text
 */
public record SelectSql(UnaryOperator<String> quote, BiFunction<ReadColumn, String, String> literal) {

    /**
     * The rows of a range after a key, in order.
     *
     * @param after key of the order's columns, null for the range's beginning
     * @param limit rows at most
     */
    public String rows(Selection selection, KeyRange range, @Nullable List<String> after, OptionalInt limit) {
        String columns =
                selection.selected().stream().map(ReadColumn::expression).collect(Collectors.joining(", "));
        String order = selection.order().isEmpty() ? "" : " ORDER BY " + names(selection.order());
        return "SELECT " + columns + " FROM " + selection.relation().from()
                + condition(selection, range, after)
                + order
                + (limit.isPresent() ? " LIMIT " + limit.getAsInt() : "");
    }

    /** {@code WHERE …} of a range, empty when all rows are meant. */
    String condition(Selection selection, KeyRange range, @Nullable List<String> after) {
        List<String> conditions = new ArrayList<>();
        selection.where().ifPresent(where -> conditions.add("(" + where + ")"));
        List<ReadColumn> key = selection.splitKey();
        if (range.nulls()) {
            conditions.add("(" + anyNull(key) + ")");
        } else if (selection.nullableKey()) {
            conditions.add("NOT (" + anyNull(key) + ")");
        }
        if (range.after() != null && after == null) {
            conditions.add(compare(key, range.after(), ">", ">"));
        }
        if (range.upTo() != null) {
            conditions.add(compare(key, range.upTo(), "<", "<="));
        }
        if (after != null) {
            conditions.add(compare(selection.order(), after, ">", ">"));
        }
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    String names(List<ReadColumn> columns) {
        return columns.stream().map(column -> quote.apply(column.name())).collect(Collectors.joining(", "));
    }

    /**
     * {@code (a, b) > (1, 2)} written out, with a condition on the first column in front, because not every planner finds the
     * index by the row form.
     */
    private String compare(List<ReadColumn> key, List<String> values, String strict, String last) {
        String first = quote.apply(key.get(0).name());
        String bound = literal.apply(key.get(0), values.get(0));
        int size = Math.min(key.size(), values.size());
        if (size == 1) {
            return first + " " + last + " " + bound;
        }
        String alternatives = IntStream.range(0, size)
                .mapToObj(i -> "(" + equal(key, values, i)
                        + quote.apply(key.get(i).name()) + " " + (i == size - 1 ? last : strict) + " "
                        + literal.apply(key.get(i), values.get(i)) + ")")
                .collect(Collectors.joining(" OR "));
        return first + " " + strict + "= " + bound + " AND (" + alternatives + ")";
    }

    private String equal(List<ReadColumn> key, List<String> values, int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        quote.apply(key.get(i).name()) + " = " + literal.apply(key.get(i), values.get(i)) + " AND ")
                .collect(Collectors.joining());
    }

    private String anyNull(List<ReadColumn> key) {
        return key.stream()
                .map(column -> quote.apply(column.name()) + " IS NULL")
                .collect(Collectors.joining(" OR "));
    }
}
