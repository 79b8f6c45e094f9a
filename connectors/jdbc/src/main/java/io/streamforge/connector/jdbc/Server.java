package io.streamforge.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** A database that several writers are connected to, and what it wants beyond plain JDBC. */
interface Server {

    /** A new connection of the writer, not in auto-commit mode. */
    Connection connect() throws SQLException;

    /** What brings rows into the targets over that connection. */
    Load load(Connection connection) throws SQLException;

    /** From now on a lock that is not to be had soon is an error. */
    void limitPatience(Connection connection) throws SQLException;

    /** Ends {@link #limitPatience}; called after the transaction. */
    void restorePatience(Connection connection) throws SQLException;

    /** Ends the connections of our program that wrote the partitions last: they may hang, or be cut off from us alone. */
    void endOwners(Connection connection, Offsets offsets) throws SQLException;

    /** Lets constraints that wait for the commit speak before it, while bad rows can still be found. */
    void checkConstraints(Connection connection) throws SQLException;

    DatabaseErrors errors();
}
