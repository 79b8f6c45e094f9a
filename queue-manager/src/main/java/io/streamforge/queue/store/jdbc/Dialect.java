package io.streamforge.queue.store.jdbc;

import java.sql.SQLException;

/** What differs between the databases. */
interface Dialect {

    /** Folder of the migrations beside this class. */
    String name();

    /** Keeps other processes from migrating until the transaction ends. */
    void lockForMigration(Session session) throws SQLException;

    /** What a failure means to the person who runs the server; without secrets. */
    String explain(SQLException failure);
}
