package io.streamforge.connector.jdbc;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/** A database file of SQLite. */
public record SqliteFile(String url, Path path) {

    private static final String PREFIX = "jdbc:sqlite:";
    private static final String SCHEME = "file:";

    /**
     * How long the library itself waits for a lock; short, because its waiting cannot be interrupted. Who needs more patience
     * tries again.
     */
    private static final int BUSY_MILLIS = 100;

    /** The file of a URL; empty when it is not SQLite's, or no file. */
    static Optional<SqliteFile> parse(String url) {
        if (!url.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String name = url.substring(PREFIX.length());
        int query = name.indexOf('?');
        name = query < 0 ? name : name.substring(0, query);
        name = name.startsWith(SCHEME) ? name.substring(SCHEME.length()) : name;
        if (name.isBlank() || name.startsWith(":")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SqliteFile(url, Path.of(name)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    boolean exists() {
        return Files.exists(path);
    }

    Path directory() {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path.toAbsolutePath() : parent;
    }

    /** Connects to look; the file must exist. */
    public Connection look() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(BUSY_MILLIS);
        return config.createConnection(url);
    }

    /**
     * Connects to write, durably. A new file gets a write-ahead log, so that readers and the writer do not wait for one
     * another; a file that exists keeps its journal.
     */
    Connection connect() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setSynchronous(SynchronousMode.FULL);
        if (!exists()) {
            config.setJournalMode(JournalMode.WAL);
        }
        return config.createConnection(url);
    }
}
