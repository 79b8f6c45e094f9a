package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkConnector;
import io.streamforge.testing.KeyedSinkContract;
import io.streamforge.testing.RefusingSinkContract;
import io.streamforge.testing.RelationalSinkContract;
import io.streamforge.testing.TransactionalSinkContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

class SqliteSinkContractIT
        implements TransactionalSinkContract, KeyedSinkContract, RefusingSinkContract, RelationalSinkContract {

    @TempDir
    private Path directory;

    private final AtomicInteger files = new AtomicInteger();

    @Override
    public SinkConnector connector() {
        return new SqliteConnector();
    }

    @Override
    public SqlTarget newTarget() {
        return target();
    }

    @Override
    public Target newTargetRefusingNegativeAmounts() {
        SqliteTarget target = target();
        target.execute(
                "CREATE TABLE target (id INTEGER, customer TEXT, amount TEXT CHECK (CAST(amount AS REAL) >= 0))");
        return target;
    }

    @Override
    public List<Map<String, Object>> badOptions() {
        return List.of(
                Map.of("url", "jdbc:postgresql://localhost/db", "table", "t"),
                Map.of("url", "jdbc:sqlite::memory:", "table", "t"),
                Map.of("url", "jdbc:sqlite:", "table", "t"),
                Map.of("url", "jdbc:sqlite:a.db", "table", "other.t"),
                Map.of("url", "jdbc:sqlite:a.db", "table", "t", "mode", "merge"),
                Map.of("url", "jdbc:sqlite:a.db", "table", "t", "password", "x"));
    }

    private SqliteTarget target() {
        return new SqliteTarget(directory.resolve("target-" + files.incrementAndGet() + ".db"));
    }
}
