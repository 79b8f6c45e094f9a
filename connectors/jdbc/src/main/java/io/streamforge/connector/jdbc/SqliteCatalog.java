package io.streamforge.connector.jdbc;

import io.streamforge.connector.jdbc.source.ReadColumn;
import io.streamforge.connector.jdbc.source.Relation;
import io.streamforge.connector.jdbc.source.SqliteTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What SQLite knows of a table. */
public final class SqliteCatalog {

    private static final String COLUMNS = """
            SELECT name, type, "notnull" = 0 AND pk = 0, dflt_value IS NOT NULL, hidden <> 0, pk
            FROM pragma_table_xinfo(?) ORDER BY cid""";

    private static final String UNIQUE_KEYS = """
            SELECT l.name, i.name FROM pragma_index_list(?) l, pragma_index_info(l.name) i
            WHERE l."unique" = 1 AND l.partial = 0 AND i.name IS NOT NULL ORDER BY l.seq, i.seqno""";

    private final Connection connection;

    public SqliteCatalog(Connection connection) {
        this.connection = connection;
    }

    Optional<TargetTable> find(String name) throws SQLException {
        String sql = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? Optional.of(describe(found.getString(1))) : Optional.empty();
            }
        }
    }

    /** A table or view to read. */
    public Optional<Relation> relation(TableName name) throws SQLException {
        return find(name.name())
                .map(table -> new Relation(
                        table.name().name(),
                        TableName.quote(table.name().name()),
                        table.columns().stream()
                                .map(column -> SqliteTypes.column(column.name(), column.type(), column.nullable()))
                                .toList(),
                        table.exactKeys(),
                        true));
    }

    /** A query to read; its columns may all be null, and it has no key. */
    public Relation query(String sql) throws SQLException {
        List<ReadColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM (" + sql + ") AS q LIMIT 0");
                ResultSet empty = statement.executeQuery()) {
            ResultSetMetaData shape = empty.getMetaData();
            for (int i = 1; i <= shape.getColumnCount(); i++) {
                columns.add(SqliteTypes.column(shape.getColumnLabel(i), shape.getColumnTypeName(i), true));
            }
        }
        return new Relation("query", "(" + sql + ") AS q", columns, List.of(), false);
    }

    /** All tables and views. */
    public List<String> names() throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    boolean view(String name) throws SQLException {
        String sql = "SELECT 1 FROM sqlite_master WHERE type = 'view' AND name = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet found = statement.executeQuery()) {
                return found.next();
            }
        }
    }

    private TargetTable describe(String table) throws SQLException {
        List<TargetColumn> columns = new ArrayList<>();
        Map<Integer, String> primaryKey = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(new TargetColumn(
                            row.getString(1),
                            row.getString(2),
                            row.getBoolean(3),
                            row.getBoolean(4),
                            row.getBoolean(5)));
                    if (row.getInt(6) > 0) {
                        primaryKey.put(row.getInt(6), row.getString(1));
                    }
                }
            }
        }
        List<List<String>> keys = uniqueKeys(table);
        if (!primaryKey.isEmpty()) {
            keys.add(0, List.copyOf(primaryKey.values()));
        }
        return new TargetTable(new TableName(Optional.empty(), table, true), numbered(columns, primaryKey), keys);
    }

    /** A primary key of one INTEGER column is the row's number, which SQLite gives by itself. */
    private static List<TargetColumn> numbered(List<TargetColumn> columns, Map<Integer, String> primaryKey) {
        return columns.stream()
                .map(column -> primaryKey.size() == 1
                                && primaryKey.containsValue(column.name())
                                && column.type().equalsIgnoreCase("INTEGER")
                        ? new TargetColumn(column.name(), column.type(), false, true, column.generated())
                        : column)
                .toList();
    }

    private List<List<String>> uniqueKeys(String table) throws SQLException {
        Map<String, List<String>> keys = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(UNIQUE_KEYS)) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    keys.computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                            .add(row.getString(2));
                }
            }
        }
        return new ArrayList<>(keys.values());
    }
}
