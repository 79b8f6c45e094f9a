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

    /** The target, empty when it is missing. */
    Optional<TargetTable> describe(Connection connection) throws SQLException;

    /**
     * What would keep a writer from working although every column fits: permissions, a read-only server, a missing schema.
     *
     * @param connection null when there is no database yet
     * @param target null when the target will be created
     */
    List<Problem> obstacles(@Nullable Connection connection, @Nullable TargetTable target) throws SQLException;

    /** The type a created column gets; empty when the database has none that keeps the values. */
    Optional<String> createdType(DataType type);

    /** The types of existing columns that values of {@code type} can go to, for a message. */
    String accepted(DataType type);

    /** True when values of the type go to the column exactly, or in a normalised form the documentation names. */
    boolean fits(DataType type, TargetColumn column);

    /** The longest name of a created column, in bytes. */
    int longestName();

    /** True when two columns may not differ in case alone. */
    boolean foldsCase();

    /** Creates what is missing, the target with {@link Ddl}, and opens a writer. */
    SinkWriter open(SinkContext context) throws SQLException, ConnectorException;

    /** The error as a user should see it. */
    ConnectorException failure(String attempted, SQLException cause);
}
