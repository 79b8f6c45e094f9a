package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.record.RowSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table that rows are written to. */
final class JdbcSink implements Sink {

    private final Dialect dialect;
    private final JdbcSettings settings;

    JdbcSink(Dialect dialect, JdbcSettings settings) {
        this.dialect = dialect;
        this.settings = settings;
    }

    @Override
    public List<Problem> check(RowSchema schema) throws ConnectorException {
        try {
            Optional<Connection> looked = dialect.look();
            if (looked.isEmpty()) {
                return problems(schema, null, null);
            }
            try (Connection connection = looked.get()) {
                return problems(schema, connection, dialect.describe(connection).orElse(null));
            }
        } catch (SQLException e) {
            throw dialect.failure("cannot look at table '" + settings.table().shown() + "'", e);
        }
    }

    @Override
    public SinkWriter open(SinkContext context) throws ConnectorException {
        try {
            return dialect.open(context);
        } catch (SQLException e) {
            throw dialect.failure("cannot prepare table '" + settings.table().shown() + "'", e);
        }
    }

    private List<Problem> problems(RowSchema schema, @Nullable Connection connection, @Nullable TargetTable target)
            throws SQLException {
        List<Problem> problems = new ArrayList<>(dialect.obstacles(connection, target));
        Matching matching = new Matching(dialect, settings, schema);
        if (target == null) {
            matching.create();
        } else {
            matching.match(target);
        }
        problems.addAll(matching.problems());
        return problems;
    }
}
