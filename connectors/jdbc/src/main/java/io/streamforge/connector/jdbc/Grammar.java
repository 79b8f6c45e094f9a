package io.streamforge.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The statements about a target and its offsets that databases write differently. Names are quoted with {@code "}. */
interface Grammar {

    /** Creates the table of offsets unless it is there. */
    default String createOffsets(TableName table) {
        return "CREATE TABLE IF NOT EXISTS " + table.quoted()
                + " (topic text NOT NULL, \"partition\" integer NOT NULL, "
                + "vertex text NOT NULL, epoch bigint NOT NULL, next bigint NOT NULL, written bigint NOT NULL, "
                + "rejected bigint NOT NULL, owner bigint NOT NULL, updated_at timestamptz NOT NULL, "
                + "completed_at timestamptz, missed bigint NOT NULL DEFAULT 0, "
                + "PRIMARY KEY (topic, \"partition\", vertex))";
    }

    /** What follows {@code INSERT … VALUES (…)} into the offsets, up to the assignments, when the row may be there. */
    default String orUpdateOffsets() {
        return "ON CONFLICT (topic, \"partition\", vertex) DO UPDATE SET";
    }

    /** A number that tells a writer's connection from others. */
    String owner();

    /** The moment before which completed entries are of no use any more. */
    String weekAgo();

    /** What follows a SELECT that locks its rows until the transaction ends; empty where transactions never overlap. */
    String forUpdate();

    /** What stands between the columns and the rows of an INSERT that gives values to columns the database fills itself. */
    String overridingDefaults();

    /**
     * Statements that create a table with the columns, defaults and constraints of another.
     *
     * @param key columns of a unique key that the copy needs; empty for none
     */
    List<String> createLike(Connection connection, TargetTable table, TableName copy, List<String> key)
            throws SQLException;

    /**
     * The statement that gives a column another type, or lets it hold null; empty when the database has none.
     *
     * @param type as the database writes it
     * @param nullable whether it allows null afterwards
     */
    Optional<String> alter(Connection connection, TableName table, TargetColumn column, String type, boolean nullable)
            throws SQLException;

    /** Tables beside {@code neighbour} whose names begin like that. */
    List<TableName> tables(Connection connection, TableName neighbour, String prefix) throws SQLException;

    /** The user's statements, with what they need around them. */
    default List<String> ofUser(List<String> statements) {
        return statements;
    }
}
