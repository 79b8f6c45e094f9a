package io.streamforge.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A database of an embedded server and the plain JDBC that tests need to prepare it and to look at it. */
public record PostgresDatabase(String host, int port, String name, String username, String password) {

    /** Without credentials. */
    public String url() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + name;
    }

    /** A new connection; the caller closes it. */
    public Connection connect() {
        try {
            return DriverManager.getConnection(url(), username, password);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot connect to " + url(), e);
        }
    }

    /** Executes statements one after another, each in a transaction of its own. */
    public void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot execute " + List.of(statements), e);
        }
    }

    /** All rows of a query, each a list of what {@link ResultSet#getObject(int)} gives. */
    public List<List<@Nullable Object>> query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<@Nullable Object> row = new ArrayList<>(columns);
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getObject(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot query " + sql, e);
        }
    }

    /** The number a query of one row and one column gives. */
    public long number(String sql) {
        return ((Number) java.util.Objects.requireNonNull(query(sql).get(0).get(0))).longValue();
    }
}
