package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Problem;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.record.DataType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one database does differently. Connections are in auto-commit mode; whoever was given one closes it. */
interface Dialect {

    /**
     * Connects to look: nothing can be changed through the connection.
     *
     * @return empty when there is no database yet and writing will make one
     */
    Optional<Connection> look() throws SQLException;

    /** A table, empty when it is missing. */
    Optional<TargetTable> describe(Connection connection, TableName name) throws SQLException;

    /** The name of a table that is created: as SQL reads it, where that differs from how it was written. */
    TableName created(TableName name);

    Grammar grammar();

    /**
     * What would keep a writer from working although every column fits: permissions, a read-only server, a missing schema.
     *
     * @param connection null when there is no database yet
     * @param target null when the target will be created
     * @param settings of that target
     */
    List<Problem> obstacles(@Nullable Connection connection, @Nullable TargetTable target, JdbcSettings settings)
            throws SQLException;

    /** The type a created column gets; empty when the database has none that keeps the values. */
    Optional<String> createdType(DataType type);

    /** As {@link #createdType}, for a column of the primary key. */
    default Optional<String> createdKeyType(DataType type) {
        return createdType(type);
    }

    /** What follows the columns of a created table. */
    default String tableOptions() {
        return "";
    }

    /** The types of existing columns that values of {@code type} can go to, for a message. */
    String accepted(DataType type);

    /** True when values of the type go to the column exactly, or in a normalised form the documentation names. */
    boolean fits(DataType type, TargetColumn column);

    /** The longest name of a created column, in bytes. */
    int longestName();

    /** True when two columns may not differ in case alone. */
    boolean foldsCase();

    /** Creates what is missing by {@link Preparation}, and opens a writer. */
    SinkWriter open(SinkContext context) throws SQLException, ConnectorException;

    /** The error as a user should see it. */
    ConnectorException failure(String attempted, SQLException cause);
}
