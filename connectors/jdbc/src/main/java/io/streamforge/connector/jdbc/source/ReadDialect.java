package io.streamforge.connector.jdbc.source;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.jdbc.TableName;
import io.streamforge.record.RowSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How one database is read. */
public interface ReadDialect {

    /** A connection for reading alone, its clock in UTC. */
    Connection connect(String application) throws SQLException;

    /** Empty when there is no such table or view. */
    Optional<Relation> table(Connection connection, TableName table) throws SQLException;

    /** Names of tables that may have been meant. */
    List<String> tables(Connection connection, TableName table) throws SQLException;

    Relation query(Connection connection, String sql) throws SQLException;

    SelectSql sql();

    /** How many rows a query will give, as the database estimates; empty when it does not. */
    default OptionalLong estimate(Connection connection, String sql) throws SQLException {
        return OptionalLong.empty();
    }

    /** Keys that cut the selection's rows into parts of about the same size: fewer than {@code parts}, ascending, without repetition. */
    List<List<String>> cuts(Connection connection, Selection selection, long rows, int parts) throws SQLException;

    /** Parts to read at the same time when nobody has said so. */
    default int parts(Selection selection, long rows) {
        return 1;
    }

    /** Begins a transaction in which everything is read as of one moment; the same for all reads of this source where possible. */
    Snapshot snapshot();

    /** Runs a query of {@link SelectSql#rows}; the stream ends with its connection. */
    RowStream open(Connection connection, String sql, Selection selection, RowSchema schema) throws SQLException;

    ConnectorException failure(String attempted, SQLException cause);

    /** The moment as of which a source is read. */
    interface Snapshot extends AutoCloseable {

        /**
         * Begins a transaction that sees the moment.
         *
         * @return the moment's name, which is another one when the moment had to be chosen anew
         */
        String join(Connection connection) throws SQLException;

        @Override
        void close();
    }
}
