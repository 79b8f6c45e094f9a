package io.streamforge.queue.store.jdbc;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** SQLite: transactions begin with the write lock (the connections are configured so), so the lock is held already. */
record Sqlite(String file) implements Dialect {

    private static final int PRIMARY_CODE = 0xFF;

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public void lockForMigration(Session session) {
        // The transaction was begun IMMEDIATE.
    }

    @Override
    public String explain(SQLException failure) {
        SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(failure.getErrorCode() & PRIMARY_CODE);
        String reason =
                switch (code) {
                    case SQLITE_NOTADB -> "the file is not a SQLite database; move it away or restore a backup";
                    case SQLITE_CORRUPT ->
                        "the database is damaged; restore a backup (sqlite3 FILE .recover saves what is left)";
                    case SQLITE_BUSY, SQLITE_LOCKED ->
                        "the database is locked by another process; is a second server using it?";
                    case SQLITE_FULL -> "the disk is full; free some space";
                    case SQLITE_READONLY, SQLITE_PERM -> "the file may not be written to; check its owner and mode";
                    case SQLITE_CANTOPEN ->
                        "the file cannot be opened; check that its directory exists and may be written to";
                    default -> String.valueOf(failure.getMessage());
                };
        return "metadata store " + file + ": " + reason;
    }
}
