package io.streamforge.connector.jdbc;

import io.streamforge.connector.GraphConnector;
import io.streamforge.testing.EmbeddedMySqlServer;
import io.streamforge.testing.GraphContract;
import java.util.Map;

class MySqlGraphIT implements GraphContract {

    @Override
    public GraphConnector connector() {
        return new MySqlConnector();
    }

    @Override
    public Map<String, Object> newGraph() {
        Map<String, Object> options =
                new MySqlTarget(EmbeddedMySqlServer.shared().newDatabase()).keyedOptions();
        options.put("table", "market_{table}");
        return options;
    }
}
