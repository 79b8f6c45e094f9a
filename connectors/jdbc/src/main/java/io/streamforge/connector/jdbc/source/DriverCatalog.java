package io.streamforge.connector.jdbc.source;

import io.streamforge.connector.jdbc.TableName;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a driver says of tables, by the standard's metadata alone. */
final class DriverCatalog {

    private static final int MOST_NAMES = 100;
    private static final String VIEW = "VIEW";

    private final Connection connection;
    private final DatabaseMetaData metadata;
    private final UnaryOperator<String> quote;

    /** Where a table is; a database has schemas, catalogs in their place, or both. */
    private record Place(@Nullable String catalog, @Nullable String schema, String name, String kind) {}

    DriverCatalog(Connection connection, UnaryOperator<String> quote) throws SQLException {
        this.connection = connection;
        this.quote = quote;
        metadata = connection.getMetaData();
    }

    /** @throws SQLException also when several schemas have such a table and none is named */
    Optional<Relation> relation(TableName wanted) throws SQLException {
        for (String spelled : spellings(wanted)) {
            List<Place> found = places(wanted, spelled);
            if (!found.isEmpty()) {
                return Optional.of(relation(chosen(found)));
            }
        }
        return Optional.empty();
    }

    /** A query to read; its columns may all be null, and it has no key. */
    Relation query(String sql) throws SQLException {
        String from = "(" + sql + ") q";
        List<ReadColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM " + from + " WHERE 1 = 0");
                ResultSet empty = statement.executeQuery()) {
            ResultSetMetaData shape = empty.getMetaData();
            for (int i = 1; i <= shape.getColumnCount(); i++) {
                columns.add(column(
                        shape.getColumnLabel(i),
                        shape.getColumnType(i),
                        shape.getColumnTypeName(i),
                        shape.getPrecision(i),
                        shape.getScale(i),
                        true));
            }
        }
        return new Relation("query", from, columns, List.of(), false);
    }

    /** Tables and views of the schema that is meant. */
    List<String> names(TableName near) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet row = metadata.getTables(connection.getCatalog(), null, "%", null)) {
            while (row.next() && names.size() < MOST_NAMES) {
                String schema = row.getString("TABLE_SCHEM");
                if (near.schema().isEmpty()
                        ? Objects.equals(schema, connection.getSchema())
                        : near.schema().get().equalsIgnoreCase(schema)) {
                    names.add(near.schema().map(part -> part + ".").orElse("") + row.getString("TABLE_NAME"));
                }
            }
        }
        return names;
    }

    /** As written first, then as databases keep names that are written without quotes. */
    private static Set<String> spellings(TableName wanted) {
        Set<String> spellings = new LinkedHashSet<>(List.of(wanted.name()));
        if (!wanted.exact()) {
            spellings.add(wanted.name().toUpperCase(Locale.ROOT));
            spellings.add(wanted.name().toLowerCase(Locale.ROOT));
        }
        return spellings;
    }

    private List<Place> places(TableName wanted, String name) throws SQLException {
        List<Place> places = new ArrayList<>();
        boolean schemas = metadata.supportsSchemasInDataManipulation();
        String catalog = schemas ? connection.getCatalog() : wanted.schema().orElse(connection.getCatalog());
        try (ResultSet row = metadata.getTables(catalog, null, pattern(name), null)) {
            while (row.next()) {
                String schema = row.getString("TABLE_SCHEM");
                boolean meant = !schemas
                        || wanted.schema().isEmpty()
                        || wanted.schema().get().equalsIgnoreCase(schema);
                if (meant && name.equals(row.getString("TABLE_NAME"))) {
                    places.add(new Place(
                            row.getString("TABLE_CAT"), schema, name, String.valueOf(row.getString("TABLE_TYPE"))));
                }
            }
        }
        return places;
    }

    private Place chosen(List<Place> found) throws SQLException {
        String current = connection.getSchema();
        for (Place place : found) {
            if (found.size() == 1 || Objects.equals(place.schema(), current)) {
                return place;
            }
        }
        List<@Nullable String> schemas = new ArrayList<>();
        found.forEach(place -> schemas.add(place.schema()));
        throw new SQLException("several schemas have a table " + found.get(0).name() + ": " + schemas
                + "; write the schema before it");
    }

    private Relation relation(Place place) throws SQLException {
        List<ReadColumn> columns = columns(place);
        String qualifier = metadata.supportsSchemasInDataManipulation() ? place.schema() : place.catalog();
        String from = (qualifier == null || qualifier.isEmpty() ? "" : quote.apply(qualifier) + ".")
                + quote.apply(place.name());
        boolean view = place.kind().contains(VIEW);
        return new Relation(place.name(), from, columns, view ? List.of() : keys(place, columns), !view);
    }

    private List<ReadColumn> columns(Place place) throws SQLException {
        Map<Integer, ReadColumn> columns = new TreeMap<>();
        String schema = place.schema() == null ? null : pattern(place.schema());
        try (ResultSet row = metadata.getColumns(place.catalog(), schema, pattern(place.name()), "%")) {
            while (row.next()) {
                if (place.name().equals(row.getString("TABLE_NAME"))) {
                    ReadColumn column = column(
                            row.getString("COLUMN_NAME"),
                            row.getInt("DATA_TYPE"),
                            row.getString("TYPE_NAME"),
                            row.getInt("COLUMN_SIZE"),
                            row.getInt("DECIMAL_DIGITS"),
                            row.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls);
                    columns.put(row.getInt("ORDINAL_POSITION"), column);
                }
            }
        }
        return List.copyOf(columns.values());
    }

    private ReadColumn column(String name, int code, String type, int size, int digits, boolean nullable) {
        return new ReadColumn(name, type, nullable, DriverTypes.of(code, type, size, digits), quote.apply(name));
    }

    /** The primary key, then the unique indexes that hold for all rows and whose columns are never null. */
    private List<List<String>> keys(Place place, List<ReadColumn> columns) throws SQLException {
        Map<Integer, String> primary = new TreeMap<>();
        try (ResultSet row = metadata.getPrimaryKeys(place.catalog(), place.schema(), place.name())) {
            while (row.next()) {
                primary.put(row.getInt("KEY_SEQ"), row.getString("COLUMN_NAME"));
            }
        }
        Set<List<String>> keys = new LinkedHashSet<>();
        if (!primary.isEmpty()) {
            keys.add(List.copyOf(primary.values()));
        }
        List<String> never = columns.stream()
                .filter(column -> !column.nullable())
                .map(ReadColumn::name)
                .toList();
        unique(place).values().stream()
                .filter(never::containsAll)
                .map(List::copyOf)
                .forEach(keys::add);
        return List.copyOf(keys);
    }

    private Map<String, List<String>> unique(Place place) throws SQLException {
        Map<String, List<String>> indexes = new LinkedHashMap<>();
        try (ResultSet row = metadata.getIndexInfo(place.catalog(), place.schema(), place.name(), true, true)) {
            while (row.next()) {
                String index = row.getString("INDEX_NAME");
                if (index != null && row.getShort("TYPE") != DatabaseMetaData.tableIndexStatistic) {
                    // What is no column of all rows is none of the table's columns.
                    boolean whole = row.getString("COLUMN_NAME") != null && row.getString("FILTER_CONDITION") == null;
                    indexes.computeIfAbsent(index, name -> new ArrayList<>())
                            .add(whole ? row.getString("COLUMN_NAME") : "");
                }
            }
        }
        return indexes;
    }

    private String pattern(String name) throws SQLException {
        String escape = metadata.getSearchStringEscape();
        return escape == null || escape.isEmpty()
                ? name
                : name.replace(escape, escape + escape)
                        .replace("_", escape + "_")
                        .replace("%", escape + "%");
    }
}
