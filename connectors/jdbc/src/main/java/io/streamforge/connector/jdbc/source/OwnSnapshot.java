package io.streamforge.connector.jdbc.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

/** A moment of its own for each read, where databases cannot share one among connections. */
record OwnSnapshot(List<String> begin) implements ReadDialect.Snapshot {

    @Override
    public String join(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : begin) {
                statement.execute(sql);
            }
        }
        return Instant.now().toString();
    }

    @Override
    public void close() {}
}
