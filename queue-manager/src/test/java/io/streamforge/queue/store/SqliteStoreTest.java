package io.streamforge.queue.store;

import io.streamforge.queue.store.jdbc.SqliteStoreProvider;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends RunStoreContract {

    @TempDir
    Path directory;

    @Override
    public Store open() {
        return new SqliteStoreProvider().open("sqlite:" + directory.resolve("new/metadata.db"), Map.of());
    }
}
