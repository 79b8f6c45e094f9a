package io.streamforge.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PostgreSQL's statements. */
final class PostgresGrammar implements Grammar {

    @Override
    public String owner() {
        return "pg_backend_pid()";
    }

    @Override
    public String weekAgo() {
        return "now() - interval '7 days'";
    }

    @Override
    public String forUpdate() {
        return " FOR UPDATE";
    }

    @Override
    public String overridingDefaults() {
        return " OVERRIDING SYSTEM VALUE";
    }

    @Override
    public List<String> createLike(Connection connection, TargetTable table, TableName copy, List<String> key) {
        return List.of(
                "CREATE TABLE " + copy.quoted() + " (LIKE " + table.name().quoted()
                        + " INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES INCLUDING GENERATED INCLUDING"
                        + " IDENTITY)");
    }

    @Override
    public Optional<String> alter(
            Connection connection, TableName table, TargetColumn column, String type, boolean nullable) {
        String altering = "ALTER COLUMN " + TableName.quote(column.name());
        return Optional.of("ALTER TABLE " + table.quoted() + " " + altering + " TYPE " + type
                + (nullable ? ", " + altering + " DROP NOT NULL" : ""));
    }

    @Override
    public List<TableName> tables(Connection connection, TableName neighbour, String prefix) throws SQLException {
        String sql = "SELECT tablename FROM pg_tables WHERE schemaname = ? AND starts_with(tablename::text, ?)";
        List<TableName> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, neighbour.schema().orElseThrow());
            statement.setString(2, prefix);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(neighbour.sibling(row.getString(1)));
                }
            }
        }
        return found;
    }
}
