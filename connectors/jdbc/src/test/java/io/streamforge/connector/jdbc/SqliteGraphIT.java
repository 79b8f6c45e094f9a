package io.streamforge.connector.jdbc;

import io.streamforge.connector.GraphConnector;
import io.streamforge.testing.GraphContract;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class SqliteGraphIT implements GraphContract {

    @TempDir
    private Path directory;

    @Override
    public GraphConnector connector() {
        return new SqliteConnector();
    }

    @Override
    public Map<String, Object> newGraph() {
        return new HashMap<>(Map.of(
                "url", "jdbc:sqlite:" + directory.resolve("market.db"), "table", "market_{table}", "mode", "upsert"));
    }
}
