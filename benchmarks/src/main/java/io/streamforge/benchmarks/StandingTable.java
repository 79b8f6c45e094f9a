package io.streamforge.benchmarks;

import io.streamforge.testing.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A table of PostgreSQL whose writers stand still in their first statement while it is held. */
record StandingTable(PostgresDatabase database, String name) {

    private static final String BARRIER = "1";

    /** Makes the table anew. */
    static StandingTable create(PostgresDatabase database, String name, String columns) {
        database.execute(
                "DROP TABLE IF EXISTS " + name,
                "CREATE TABLE " + name + " " + columns,
                "CREATE OR REPLACE FUNCTION stand_still() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN PERFORM pg_advisory_xact_lock(" + BARRIER + "); RETURN NULL; END $$",
                "CREATE TRIGGER stand_still BEFORE INSERT ON " + name
                        + " FOR EACH STATEMENT EXECUTE FUNCTION stand_still()",
                "CHECKPOINT");
        return new StandingTable(database, name);
    }

    /** Holds the table until the connection is closed. */
    Connection hold() throws SQLException {
        Connection barrier = database.connect();
        try (Statement statement = barrier.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + BARRIER + ")");
            return barrier;
        } catch (SQLException e) {
            barrier.close();
            throw e;
        }
    }

    long rows() {
        return database.number("SELECT count(*) FROM " + name);
    }
}
