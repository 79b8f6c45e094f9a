package io.streamforge.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Executes SQL that has no parameters. */
final class Statements {

    private Statements() {}

    static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        execute(connection, List.of(sql));
    }
}
