package io.streamforge.queue.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.store.StoreException;
import io.streamforge.queue.store.StoreProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** {@code sqlite:/path/to/file.db}: the embedded default. The file and its directory are made when they do not exist. */
public final class SqliteStoreProvider implements StoreProvider {

    private static final String SCHEME = "sqlite:";
    private static final int CONNECTIONS = 4;
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    @Override
    public boolean accepts(String url) {
        return url.startsWith(SCHEME);
    }

    @Override
    public Store open(String url, Map<String, String> properties) {
        Path file = Path.of(url.substring(SCHEME.length())).toAbsolutePath();
        makeDirectory(file);
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(source(file));
        pool.setMaximumPoolSize(CONNECTIONS);
        return JdbcStore.open(pool, new Sqlite(file.toString()));
    }

    /** Readers do not wait for the writer (WAL); a commit has reached the disk when it returns (FULL). */
    private static SQLiteDataSource source(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static void makeDirectory(Path file) {
        Path directory = file.getParent();
        try {
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new StoreException("metadata store " + file + ": its directory cannot be made", e);
        }
    }
}
