package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkConnector;
import io.streamforge.record.Column;
import io.streamforge.testing.EmbeddedMySqlServer;
import io.streamforge.testing.KeyedSinkContract;
import io.streamforge.testing.MySqlDatabase;
import io.streamforge.testing.RefusingSinkContract;
import io.streamforge.testing.RelationalSinkContract;
import io.streamforge.testing.TransactionalSinkContract;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

class MySqlSinkContractIT
        implements TransactionalSinkContract, KeyedSinkContract, RefusingSinkContract, RelationalSinkContract {

    @Override
    public SinkConnector connector() {
        return new MySqlConnector();
    }

    @Override
    public SqlTarget newTarget() {
        return new MySqlTarget(EmbeddedMySqlServer.shared().newDatabase());
    }

    @Override
    public Target newTargetRefusingNegativeAmounts() {
        MySqlDatabase database = EmbeddedMySqlServer.shared().newDatabase();
        database.execute(
                "CREATE TABLE target (id bigint, customer text, amount decimal(12,2) CHECK (amount >= 0)) ENGINE ="
                        + " InnoDB");
        return new MySqlTarget(database);
    }

    @Override
    public @Nullable Object normalised(Column column, @Nullable Object value) {
        return MySqlTarget.normalised(column, value);
    }

    @Override
    public List<Map<String, Object>> badOptions() {
        String url = "jdbc:mysql://localhost:3306/db";
        return List.of(
                Map.of("url", "jdbc:postgresql://localhost/db", "table", "t"),
                Map.of("url", "jdbc:mariadb://localhost:3306", "table", "t"),
                Map.of("url", url, "table", "a.b.c"),
                Map.of("url", url, "table", "t", "mode", "merge"),
                Map.of("url", url, "table", "t", "connect_timeout", "1ms"),
                Map.of("url", url, "table", "t", "keys", "id"));
    }
}
