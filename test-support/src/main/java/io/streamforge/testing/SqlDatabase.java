package io.streamforge.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A database of an embedded server and the plain JDBC that tests need to prepare it and to look at it. */
public interface SqlDatabase {

    /** Without credentials. */
    String url();

    String username();

    String password();

    /** A new connection; the caller closes it. */
    default Connection connect() {
        try {
            return DriverManager.getConnection(url(), username(), password());
        } catch (SQLException e) {
            throw new IllegalStateException("cannot connect to " + url(), e);
        }
    }

    /** Executes statements one after another, each in a transaction of its own. */
    default void execute(String... statements) {
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
    default List<List<@Nullable Object>> query(String sql) {
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
    default long number(String sql) {
        return ((Number) Objects.requireNonNull(query(sql).get(0).get(0))).longValue();
    }
}
