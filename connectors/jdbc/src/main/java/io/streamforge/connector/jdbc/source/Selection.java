package io.streamforge.connector.jdbc.source;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Suggestions;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is read of a relation.
 *
 * @param columns of the rows
 * @param splitKey columns by which ranges are cut: those of the order where it is total; may be empty
 * @param order columns that order the rows; empty when the order is not total
 * @param key columns of the rows' key; empty when it is not among the columns
 */
public record Selection(
        Relation relation,
        Optional<String> where,
        List<ReadColumn> columns,
        List<ReadColumn> splitKey,
        List<ReadColumn> order,
        List<String> key) {

    public Selection {
        columns = List.copyOf(columns);
        splitKey = List.copyOf(splitKey);
        order = List.copyOf(order);
        key = List.copyOf(key);
    }

    /** @throws ConnectorException naming the option that names what is not there */
    public static Selection of(ReadSettings settings, Relation relation) throws ConnectorException {
        List<ReadColumn> columns =
                settings.columns().isEmpty() ? relation.columns() : named("columns", settings.columns(), relation);
        Set<String> names = new LinkedHashSet<>();
        for (ReadColumn column : columns) {
            requireReadable(column, settings.shown());
            if (!names.add(column.name())) {
                throw wrong(
                        settings.query().isPresent() ? "query" : "columns",
                        "two columns are called '" + column.name() + "'",
                        "give each a name of its own");
            }
        }
        List<ReadColumn> splitKey = splitKey(settings, relation);
        List<ReadColumn> order = total(splitKey, relation);
        if (!order.isEmpty()) {
            splitKey = order;
        }
        if (settings.incremental().isPresent() && order.isEmpty()) {
            throw wrong(
                    "incremental",
                    "rows of the same " + settings.incremental().get() + " cannot be told apart without a primary key",
                    "name a unique column, or give the table a primary key");
        }
        List<String> key =
                relation.keys().stream().filter(names::containsAll).findFirst().orElse(List.of());
        return new Selection(relation, settings.where(), columns, splitKey, order, key);
    }

    /** Whether a read can go on after a row. */
    public boolean resumable() {
        return !order.isEmpty();
    }

    /** The selection for the rows without a split key, which the rest of the order tells apart. */
    Selection withoutKey() {
        List<ReadColumn> rest =
                order.stream().filter(column -> !column.nullable()).toList();
        return new Selection(relation, where, columns, splitKey, rest, key);
    }

    /** What a query gives: the columns of the rows, then those of the order that are not among them. */
    List<ReadColumn> selected() {
        List<ReadColumn> selected = new ArrayList<>(columns);
        order.stream().filter(column -> !columns.contains(column)).forEach(selected::add);
        return selected;
    }

    /** Where the order's columns stand among what is {@link #selected}. */
    int[] orderIndices() {
        List<ReadColumn> selected = selected();
        return order.stream().mapToInt(selected::indexOf).toArray();
    }

    /** True when rows may lack a split key. */
    boolean nullableKey() {
        return splitKey.stream().anyMatch(ReadColumn::nullable);
    }

    public RowSchema schema() {
        return new RowSchema(
                relation.name(), columns.stream().map(ReadColumn::column).toList(), key);
    }

    /** Of the values that a position holds. */
    RowSchema orderSchema() {
        return new RowSchema("key", order.stream().map(ReadColumn::column).toList(), List.of());
    }

    private static List<ReadColumn> splitKey(ReadSettings settings, Relation relation) throws ConnectorException {
        if (settings.incremental().isPresent()) {
            return keys("incremental", List.of(settings.incremental().get()), relation);
        }
        if (!settings.splitKey().isEmpty()) {
            return keys("split_key", settings.splitKey(), relation);
        }
        for (List<String> unique : relation.keys()) {
            List<ReadColumn> found = named("key", unique, relation);
            if (found.stream().allMatch(KeyText::possible)) {
                return found;
            }
        }
        return List.of();
    }

    private static List<ReadColumn> keys(String option, List<String> names, Relation relation)
            throws ConnectorException {
        List<ReadColumn> found = named(option, names, relation);
        for (ReadColumn column : found) {
            if (!KeyText.possible(column)) {
                throw wrong(
                        option,
                        "'" + column.name() + "' is " + column.type() + ", whose values do not divide exactly",
                        "name columns that are numbers, text, uuid, date or timestamp");
            }
        }
        return found;
    }

    /** The split key with what makes it unique behind it; empty when nothing does. */
    private static List<ReadColumn> total(List<ReadColumn> splitKey, Relation relation) throws ConnectorException {
        if (splitKey.isEmpty()) {
            return List.of();
        }
        List<String> names = splitKey.stream().map(ReadColumn::name).toList();
        for (List<String> unique : relation.keys()) {
            List<ReadColumn> order = new ArrayList<>(splitKey);
            for (ReadColumn part : named("key", unique, relation)) {
                if (!names.contains(part.name())) {
                    order.add(part);
                }
            }
            if (order.stream().allMatch(KeyText::possible)) {
                return order;
            }
        }
        return List.of();
    }

    private static List<ReadColumn> named(String option, Collection<String> names, Relation relation)
            throws ConnectorException {
        List<ReadColumn> found = new ArrayList<>();
        for (String name : names) {
            found.add(relation.column(name)
                    .orElseThrow(() -> new ConnectorException(
                            "JDBC-NO-COLUMN",
                            Category.FATAL,
                            option + ": " + relation.name() + " has no column '" + name + "'",
                            Suggestions.sentence(name, relation.columnNames()))));
        }
        return found;
    }

    private static void requireReadable(ReadColumn column, String table) throws ConnectorException {
        if (column.logical() == null) {
            throw new ConnectorException(
                    "JDBC-COLUMN-TYPE",
                    Category.FATAL,
                    "column '" + column.name() + "' of " + table + " is " + column.type()
                            + ", which cannot be read exactly",
                    "list the other columns in columns, or cast it in query");
        }
    }

    private static ConnectorException wrong(String option, String message, String suggestion) {
        return new ConnectorException("OPTION-VALUE", Category.FATAL, option + ": " + message, suggestion);
    }
}
