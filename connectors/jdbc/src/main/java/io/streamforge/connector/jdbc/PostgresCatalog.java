package io.streamforge.connector.jdbc;

import io.streamforge.connector.jdbc.source.PostgresTypes;
import io.streamforge.connector.jdbc.source.ReadColumn;
import io.streamforge.connector.jdbc.source.Relation;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What PostgreSQL's catalog says of a table. */
public final class PostgresCatalog {

    /** A name without quotes means the table of exactly that name, else, as in SQL, the one in lower case. */
    private static final String FIND = """
            SELECT c.oid, n.nspname, c.relname
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname IN (?, ?) AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
              AND CASE WHEN ?::text IS NULL THEN pg_table_is_visible(c.oid) ELSE n.nspname = ?::text END
            ORDER BY c.relname = ? DESC LIMIT 1""";

    private static final String COLUMNS = """
            SELECT a.attname,
                   CASE WHEN coalesce(b.typtype, t.typtype) = 'e' THEN 'enum'
                        WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod)
                        ELSE format_type(a.atttypid, a.atttypmod) END,
                   NOT a.attnotnull, a.atthasdef OR a.attidentity <> '', a.attgenerated <> ''
            FROM pg_attribute a
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_type b ON b.oid = t.typbasetype AND t.typtype = 'd'
            WHERE a.attrelid = ?::oid AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum""";

    private static final String UNIQUE_KEYS = """
            SELECT array_agg(a.attname::text ORDER BY k.place)
            FROM pg_index i
            CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k(attnum, place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = ?::oid AND i.indisunique AND i.indisvalid AND i.indimmediate
              AND i.indpred IS NULL AND i.indexprs IS NULL AND k.place <= i.indnkeyatts
            GROUP BY i.indexrelid, i.indisprimary
            ORDER BY i.indisprimary DESC, i.indexrelid""";

    private static final String NAMES = """
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
              AND CASE WHEN ?::text IS NULL THEN pg_table_is_visible(c.oid) ELSE n.nspname = ?::text END
            ORDER BY c.relname LIMIT 100""";

    private static final String TYPE = """
            SELECT CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod)
                   ELSE format_type(t.oid, NULL) END
            FROM pg_type t WHERE t.oid = to_regtype(?)""";

    private final Connection connection;

    public PostgresCatalog(Connection connection) {
        this.connection = connection;
    }

    Optional<TargetTable> find(TableName name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, name.name());
            statement.setString(2, name.folded().name());
            statement.setString(3, name.schema().orElse(null));
            statement.setString(4, name.schema().orElse(null));
            statement.setString(5, name.name());
            try (ResultSet found = statement.executeQuery()) {
                if (!found.next()) {
                    return Optional.empty();
                }
                long oid = found.getLong(1);
                TableName full = new TableName(Optional.of(found.getString(2)), found.getString(3), true);
                return Optional.of(new TargetTable(full, columns(oid), uniqueKeys(oid)));
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
        List<ReadColumn> columns = table.columns().stream()
                .map(column -> PostgresTypes.column(column.name(), column.type(), column.nullable()))
                .toList();
        return Optional.of(new Relation(
                table.name().name(), table.name().quoted(), columns, table.exactKeys(), stored(table.name())));
    }

    /** A query to read; its columns may all be null, and it has no key. */
    public Relation query(String sql) throws SQLException {
        List<ReadColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM (" + sql + ") AS q LIMIT 0");
                ResultSet empty = statement.executeQuery()) {
            ResultSetMetaData shape = empty.getMetaData();
            for (int i = 1; i <= shape.getColumnCount(); i++) {
                columns.add(PostgresTypes.column(shape.getColumnLabel(i), formatted(shape, i), true));
            }
        }
        return new Relation("query", "(" + sql + ") AS q", columns, List.of(), false);
    }

    /** Tables and views of the schema that is meant. */
    public List<String> names(TableName near) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(NAMES)) {
            statement.setString(1, near.schema().orElse(null));
            statement.setString(2, near.schema().orElse(null));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    names.add(
                            near.schema().isPresent()
                                    ? near.schema().get() + "." + row.getString(1)
                                    : row.getString(1));
                }
            }
        }
        return names;
    }

    /** The type of a result's column as {@code format_type} writes it. */
    private String formatted(ResultSetMetaData shape, int column) throws SQLException {
        String name = shape.getColumnTypeName(column).replaceFirst("^(big|small)?serial$", "$1int");
        String type = name;
        try (PreparedStatement statement = connection.prepareStatement(TYPE)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                type = row.next() ? row.getString(1) : name;
            }
        }
        int precision = shape.getPrecision(column);
        int scale = shape.getScale(column);
        return switch (type) {
            case "numeric" -> precision > 0 ? "numeric(" + precision + "," + scale + ")" : type;
            case "time without time zone", "timestamp without time zone", "timestamp with time zone" ->
                type.replaceFirst(" ", "(" + scale + ") ");
            default -> type;
        };
    }

    /** True when the rows lie in the table, so that a part of its blocks can be looked at. */
    private boolean stored(TableName table) throws SQLException {
        String sql = "SELECT relkind IN ('r', 'p', 'm') FROM pg_class WHERE oid = to_regclass(?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.quoted());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** True when a constraint of the table, or one that refers to it, is checked at commit only. */
    boolean deferredConstraints(TableName table) throws SQLException {
        String sql = "SELECT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass(?) AND tginitdeferred)"
                + " OR EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass(?) AND condeferred)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.quoted());
            statement.setString(2, table.quoted());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private List<TargetColumn> columns(long table) throws SQLException {
        List<TargetColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setLong(1, table);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(new TargetColumn(
                            row.getString(1),
                            row.getString(2),
                            row.getBoolean(3),
                            row.getBoolean(4),
                            row.getBoolean(5)));
                }
            }
        }
        return columns;
    }

    private List<List<String>> uniqueKeys(long table) throws SQLException {
        List<List<String>> keys = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(UNIQUE_KEYS)) {
            statement.setLong(1, table);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Array names = row.getArray(1);
                    keys.add(List.of((String[]) names.getArray()));
                }
            }
        }
        return keys;
    }
}
