package io.streamforge.connector.jdbc;

import io.streamforge.connector.jdbc.source.MySqlReads;
import io.streamforge.connector.jdbc.source.MySqlTypes;
import io.streamforge.connector.jdbc.source.ReadColumn;
import io.streamforge.connector.jdbc.source.Relation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the information schema says of a table. */
public final class MySqlCatalog {

    private static final String FIND = """
        SELECT table_schema, table_name FROM information_schema.tables
        WHERE table_schema = coalesce(?, database()) AND table_name IN (?, ?)
        ORDER BY binary table_name = ? DESC LIMIT 1\
        """;

    private static final String COLUMNS = """
        SELECT column_name, column_type, is_nullable = 'YES',
               column_default IS NOT NULL OR extra LIKE '%auto_increment%', coalesce(generation_expression, '') <> ''
        FROM information_schema.columns WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position\
        """;

    private static final String UNIQUE_KEYS = """
        SELECT index_name, column_name, sub_part IS NULL AND column_name IS NOT NULL
        FROM information_schema.statistics
        WHERE table_schema = ? AND table_name = ? AND non_unique = 0
        ORDER BY index_name = 'PRIMARY' DESC, index_name, seq_in_index\
        """;

    private static final String KIND =
            "SELECT table_type, coalesce(engine, '') FROM information_schema.tables WHERE table_schema = ? AND"
                    + " table_name = ?";

    private final Connection connection;

    /** @param engine that stores the table, empty for a view */
    record Kind(boolean view, String engine) {}

    public MySqlCatalog(Connection connection) {
        this.connection = connection;
    }

    Optional<TargetTable> find(TableName name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, name.schema().orElse(null));
            statement.setString(2, name.name());
            statement.setString(3, name.folded().name());
            statement.setString(4, name.name());
            try (ResultSet found = statement.executeQuery()) {
                if (!found.next()) {
                    return Optional.empty();
                }
                TableName full = new TableName(Optional.of(found.getString(1)), found.getString(2), true);
                return Optional.of(new TargetTable(full, columns(full), uniqueKeys(full)));
            }
        }
    }

    /** A table or view to read. */
    public Optional<Relation> relation(TableName name) throws SQLException {
        Optional<TargetTable> found = find(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        TargetTable table = found.get();
        return Optional.of(new Relation(
                table.name().name(),
                MySqlReads.quote(table.name().schema().orElseThrow()) + "."
                        + MySqlReads.quote(table.name().name()),
                table.columns().stream()
                        .map(column -> MySqlTypes.column(column.name(), column.type(), column.nullable()))
                        .toList(),
                table.exactKeys(),
                !kind(table.name()).view()));
    }

    /** A query to read; its columns may all be null, and it has no key. */
    public Relation query(String sql) throws SQLException {
        List<ReadColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM (" + sql + ") AS q LIMIT 0");
                ResultSet empty = statement.executeQuery()) {
            ResultSetMetaData shape = empty.getMetaData();
            for (int i = 1; i <= shape.getColumnCount(); i++) {
                String type = MySqlTypes.ofResult(shape.getColumnTypeName(i), shape.getPrecision(i), shape.getScale(i));
                columns.add(MySqlTypes.column(shape.getColumnLabel(i), type, true));
            }
        }
        return new Relation("query", "(" + sql + ") AS q", columns, List.of(), false);
    }

    /** Tables and views of the database that is meant. */
    public List<String> names(TableName near) throws SQLException {
        String sql = "SELECT table_name FROM information_schema.tables"
                + " WHERE table_schema = coalesce(?, database()) ORDER BY table_name LIMIT 100";
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, near.schema().orElse(null));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    names.add(near.schema().map(schema -> schema + ".").orElse("") + row.getString(1));
                }
            }
        }
        return names;
    }

    Kind kind(TableName table) throws SQLException {
        try (PreparedStatement statement = of(KIND, table);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? new Kind(row.getString(1).contains("VIEW"), row.getString(2)) : new Kind(false, "");
        }
    }

    boolean schemaExists(String name) throws SQLException {
        String sql = "SELECT 1 FROM information_schema.schemata WHERE schema_name = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private List<TargetColumn> columns(TableName table) throws SQLException {
        List<TargetColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = of(COLUMNS, table);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                columns.add(new TargetColumn(
                        row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4), row.getBoolean(5)));
            }
        }
        return columns;
    }

    /** Without those that look at a part of a column, or at an expression. */
    private List<List<String>> uniqueKeys(TableName table) throws SQLException {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        List<String> partial = new ArrayList<>();
        try (PreparedStatement statement = of(UNIQUE_KEYS, table);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String index = row.getString(1);
                if (row.getBoolean(3)) {
                    keys.computeIfAbsent(index, name -> new ArrayList<>()).add(row.getString(2));
                } else {
                    partial.add(index);
                }
            }
        }
        partial.forEach(keys::remove);
        return List.copyOf(keys.values());
    }

    private PreparedStatement of(String sql, TableName table) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, table.schema().orElseThrow());
        statement.setString(2, table.name());
        return statement;
    }
}
