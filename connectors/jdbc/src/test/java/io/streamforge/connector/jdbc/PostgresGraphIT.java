package io.streamforge.connector.jdbc;

import io.streamforge.connector.GraphConnector;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.GraphContract;
import java.util.Map;

class PostgresGraphIT implements GraphContract {

    @Override
    public GraphConnector connector() {
        return new PostgresConnector();
    }

    @Override
    public Map<String, Object> newGraph() {
        Map<String, Object> options =
                new PostgresTarget(EmbeddedPostgresServer.shared().newDatabase()).keyedOptions();
        options.put("table", "Market_{table}");
        return options;
    }
}
