package io.streamforge.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQLite's statements. */
final class SqliteGrammar implements Grammar {

    /** How the file keeps the statement that made a table: these words, one blank, the name as it was written, the rest. */
    private static final Pattern CREATE = Pattern.compile(
            "CREATE TABLE (\"(?:[^\"]|\"\")+\"|\\[[^\\]]+\\]|`(?:[^`]|``)+`|'(?:[^']|'')+'|[^\\s(]+)(.*)",
            Pattern.DOTALL);

    @Override
    public String owner() {
        return "0";
    }

    @Override
    public String weekAgo() {
        return "datetime('now', '-7 days')";
    }

    @Override
    public String forUpdate() {
        return "";
    }

    @Override
    public String overridingDefaults() {
        return "";
    }

    @Override
    public List<String> createLike(Connection connection, TargetTable table, TableName copy, List<String> key)
            throws SQLException {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE " + copy.quoted() + definition(connection, table.name()));
        if (!key.isEmpty()) {
            String index = TableName.quote(copy.name() + "_key");
            statements.add("CREATE UNIQUE INDEX " + index + " ON " + copy.quoted() + " (" + Ddl.names(key) + ")");
        }
        return statements;
    }

    @Override
    public Optional<String> alter(
            Connection connection, TableName table, TargetColumn column, String type, boolean nullable) {
        return Optional.empty();
    }

    @Override
    public List<TableName> tables(Connection connection, TableName neighbour, String prefix) throws SQLException {
        String sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, length(?)) = ?";
        List<TableName> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, prefix);
            statement.setString(2, prefix);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(neighbour.sibling(row.getString(1)));
                }
            }
        }
        return found;
    }

    private static String definition(Connection connection, TableName table) throws SQLException {
        String sql = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.name());
            try (ResultSet row = statement.executeQuery()) {
                Matcher created = CREATE.matcher(row.next() ? row.getString(1) : "");
                if (!created.matches()) {
                    throw new SQLException("the statement that made table " + table.shown() + " is not known");
                }
                return created.group(2);
            }
        }
    }
}
