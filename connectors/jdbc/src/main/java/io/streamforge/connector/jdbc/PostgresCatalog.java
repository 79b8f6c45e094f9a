package io.streamforge.connector.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What PostgreSQL's catalog says of a table. */
final class PostgresCatalog {

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

    private final Connection connection;

    PostgresCatalog(Connection connection) {
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
