package io.streamforge.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** MySQL's and MariaDB's statements, for sessions of {@link #SQL_MODE}. */
final class MySqlGrammar implements Grammar {

    /** Names in {@code "}, errors instead of changed values, and 0 is a number like any other. */
    static final String SQL_MODE = "ANSI_QUOTES,STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION";

    /** Of tables that are created: transactions, all of Unicode, and texts that differ are different. */
    static final String TABLE_OPTIONS = " ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    @Override
    public String createOffsets(TableName table) {
        return "CREATE TABLE IF NOT EXISTS " + table.quoted()
                + " (topic varchar(249) NOT NULL, \"partition\" integer NOT NULL, "
                + "vertex varchar(200) NOT NULL, epoch bigint NOT NULL, next bigint NOT NULL, written bigint NOT NULL, "
                + "rejected bigint NOT NULL, owner bigint NOT NULL, updated_at datetime NOT NULL, "
                + "completed_at datetime, missed bigint NOT NULL DEFAULT 0, "
                + "PRIMARY KEY (topic, \"partition\", vertex))" + TABLE_OPTIONS;
    }

    @Override
    public String orUpdateOffsets() {
        return "ON DUPLICATE KEY UPDATE";
    }

    @Override
    public String owner() {
        return "connection_id()";
    }

    @Override
    public String weekAgo() {
        return "now() - interval 7 day";
    }

    @Override
    public String forUpdate() {
        return " FOR UPDATE";
    }

    @Override
    public String overridingDefaults() {
        return "";
    }

    @Override
    public List<String> createLike(Connection connection, TargetTable table, TableName copy, List<String> key) {
        return List.of("CREATE TABLE " + copy.quoted() + " LIKE " + table.name().quoted());
    }

    /** What the column has besides, such as its collation and its comment, stays: the statement that made it is written anew. */
    @Override
    public Optional<String> alter(
            Connection connection, TableName table, TargetColumn column, String type, boolean nullable)
            throws SQLException {
        String begin = "  " + TableName.quote(column.name()) + " " + column.type();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW CREATE TABLE " + table.quoted())) {
            row.next();
            String definition = row.getString(2)
                    .lines()
                    .filter(line -> line.startsWith(begin))
                    .findFirst()
                    .orElseThrow(() -> new SQLException("the definition of column " + column.name() + " is not known"));
            String rest = definition.substring(begin.length()).replaceFirst(",$", "");
            String altered = nullable && !column.nullable() ? rest.replaceFirst("(?<= )NOT NULL", "NULL") : rest;
            return Optional.of("ALTER TABLE " + table.quoted() + " MODIFY COLUMN " + TableName.quote(column.name())
                    + " " + type + altered);
        }
    }

    @Override
    public List<TableName> tables(Connection connection, TableName neighbour, String prefix) throws SQLException {
        String sql = "SELECT table_name FROM information_schema.tables WHERE table_schema = ?"
                + " AND left(table_name, char_length(?)) = ?";
        List<TableName> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, neighbour.schema().orElseThrow());
            statement.setString(2, prefix);
            statement.setString(3, prefix);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(neighbour.sibling(row.getString(1)));
                }
            }
        }
        return found;
    }

    /** In the server's own mode, which the user's statements are written for. */
    @Override
    public List<String> ofUser(List<String> statements) {
        if (statements.isEmpty()) {
            return statements;
        }
        List<String> all = new ArrayList<>();
        all.add("SET SESSION sql_mode = @@GLOBAL.sql_mode");
        all.addAll(statements);
        all.add("SET SESSION sql_mode = '" + SQL_MODE + "'");
        return all;
    }
}
