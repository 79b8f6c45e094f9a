package io.streamforge.queue.store.jdbc;

import java.sql.SQLException;

/**
 * PostgreSQL.
 *
 * @param url without parameters, which may hold secrets
 */
record Postgresql(String url) implements Dialect {

    /** An arbitrary number that only StreamForge locks. */
    private static final long MIGRATION_LOCK = 0x5f5f_5354_5246_4f52L;

    private static final String CONNECTION_CLASS = "08";

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public void lockForMigration(Session session) throws SQLException {
        session.query("SELECT pg_advisory_xact_lock(?)", row -> true, MIGRATION_LOCK);
    }

    @Override
    public String explain(SQLException failure) {
        SQLException cause = failure.getCause() instanceof SQLException inner ? inner : failure;
        String reason = String.valueOf(cause.getSQLState()).startsWith(CONNECTION_CLASS)
                ? "cannot be reached; check address and port, and that the server is up (" + cause.getMessage() + ")"
                : String.valueOf(cause.getMessage());
        return "metadata store " + url + ": " + reason;
    }
}
