package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkConnector;
import io.streamforge.record.Column;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.KeyedSinkContract;
import io.streamforge.testing.PostgresDatabase;
import io.streamforge.testing.RefusingSinkContract;
import io.streamforge.testing.RelationalSinkContract;
import io.streamforge.testing.TransactionalSinkContract;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

class PostgresSinkContractIT
        implements TransactionalSinkContract, KeyedSinkContract, RefusingSinkContract, RelationalSinkContract {

    @Override
    public SinkConnector connector() {
        return new PostgresConnector();
    }

    @Override
    public SqlTarget newTarget() {
        return new PostgresTarget(EmbeddedPostgresServer.shared().newDatabase());
    }

    @Override
    public Target newTargetRefusingNegativeAmounts() {
        PostgresDatabase database = EmbeddedPostgresServer.shared().newDatabase();
        database.execute("CREATE TABLE target (id bigint, customer text, amount numeric(12,2) CHECK (amount >= 0))");
        return new PostgresTarget(database);
    }

    @Override
    public @Nullable Object normalised(Column column, @Nullable Object value) {
        return PostgresTarget.normalised(column, value);
    }

    @Override
    public List<Map<String, Object>> badOptions() {
        String url = "jdbc:postgresql://localhost:5432/db";
        return List.of(
                Map.of("url", "jdbc:mysql://localhost/db", "table", "t"),
                Map.of("url", "jdbc:postgresql://localhost:port/db", "table", "t"),
                Map.of("url", url, "table", "a.b.c"),
                Map.of("url", url, "table", "\"unbalanced"),
                Map.of("url", url, "table", "t", "mode", "merge"),
                Map.of("url", url, "table", "t", "connect_timeout", "1ms"),
                Map.of("url", url, "table", "t", "keys", "id"));
    }
}
