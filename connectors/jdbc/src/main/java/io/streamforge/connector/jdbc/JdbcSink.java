package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.record.Column;
import io.streamforge.record.RowSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tables that rows are written to: one, or one for each table that rows come from. */
final class JdbcSink implements Sink {

    private final Dialect dialect;
    private final JdbcSettings settings;

    JdbcSink(Dialect dialect, JdbcSettings settings) {
        this.dialect = dialect;
        this.settings = settings;
    }

    @Override
    public List<Problem> check(RowSchema schema) throws ConnectorException {
        return check(List.of(schema));
    }

    @Override
    public List<Problem> check(List<RowSchema> schemas) throws ConnectorException {
        return check(schemas, false);
    }

    @Override
    public List<Problem> checkEvolving(List<RowSchema> schemas) throws ConnectorException {
        return check(schemas, true);
    }

    @Override
    public boolean takesNewTables() {
        return settings.table().named()
                && settings.createTable()
                && settings.key().isEmpty();
    }

    private List<Problem> check(List<RowSchema> schemas, boolean evolving) throws ConnectorException {
        if (schemas.size() > 1 && !settings.table().named()) {
            return List.of(new Problem(
                    "JDBC-ONE-TABLE",
                    JdbcOptions.TABLE,
                    "rows of " + schemas.size() + " tables would go to one table",
                    "write {table} into the name, for example copy.{table}"));
        }
        try {
            Optional<Connection> looked = dialect.look();
            try (Connection connection = looked.orElse(null)) {
                List<Problem> problems = new ArrayList<>();
                for (RowSchema schema : schemas) {
                    problems.addAll(problems(schema, connection, evolving));
                }
                return schemas.isEmpty() ? place(connection) : problems;
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

    /** What any rows would meet; nothing can be said of a table whose name depends on theirs. */
    private List<Problem> place(@Nullable Connection connection) throws SQLException {
        return settings.table().named()
                ? List.of()
                : dialect.obstacles(connection, target(settings, connection), settings);
    }

    private @Nullable TargetTable target(JdbcSettings routed, @Nullable Connection connection) throws SQLException {
        return connection == null
                ? null
                : dialect.describe(connection, routed.table()).orElse(null);
    }

    private List<Problem> problems(RowSchema schema, @Nullable Connection connection, boolean evolving)
            throws SQLException {
        JdbcSettings routed = settings.of(schema);
        TargetTable target = target(routed, connection);
        List<Problem> problems = new ArrayList<>(dialect.obstacles(connection, target, routed));
        Evolution evolution = new Evolution(dialect, schema, schema);
        List<Column> missing = target == null || !evolving ? List.of() : evolution.missing(target);
        Matching matching = new Matching(dialect, routed, evolution.without(missing));
        if (target == null) {
            matching.create();
        } else {
            matching.match(target);
            matching.add(missing);
        }
        problems.addAll(matching.problems());
        return problems;
    }
}
