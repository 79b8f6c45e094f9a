package io.streamforge.connector.jdbc.source;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.Source;
import io.streamforge.connector.Suggestions;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import reactor.core.publisher.Flux;

/** A table or a query that is read, in ranges of its key at the same time. */
public final class JdbcSource implements Source {

    private static final Set<String> REFUSALS =
            Set.of("JDBC-ERROR", "JDBC-TABLE-CHANGED", "JDBC-NO-TABLE", "JDBC-VALUE");

    private final ReadDialect dialect;
    private final ReadSettings settings;
    private final Clock clock;
    private final ReadDialect.Snapshot snapshot;

    public JdbcSource(ReadDialect dialect, ReadSettings settings, Clock clock) {
        this.dialect = dialect;
        this.settings = settings;
        this.clock = clock;
        snapshot = dialect.snapshot();
    }

    @Override
    public Discovery discover() throws ConnectorException {
        try (Connection connection = dialect.connect("streamforge/plan")) {
            Selection selection = select(connection);
            OptionalLong rows = dialect.estimate(
                    connection, dialect.sql().rows(selection, KeyRange.ALL, null, OptionalInt.empty()));
            List<Split> splits = new SplitPlan(dialect, settings, clock).splits(connection, selection, rows.orElse(0));
            return new Discovery(selection.schema(), splits, rows);
        } catch (SQLException e) {
            throw refusal(dialect.failure("cannot look at " + settings.shown(), e));
        }
    }

    /** What a database does not understand before anything was read is what the user wrote. */
    private ConnectorException refusal(ConnectorException failure) {
        boolean written = settings.where().isPresent() || settings.query().isPresent();
        boolean understood = !REFUSALS.contains(failure.error().code());
        return understood || !written
                ? failure
                : new ConnectorException(
                        "JDBC-QUERY",
                        Category.FATAL,
                        failure.error().message(),
                        "check the SQL of " + (settings.query().isPresent() ? "query" : "where"),
                        failure);
    }

    @Override
    public Flux<RecordBatch> read(Split split, Optional<Position> from, RowSchema schema) {
        return Flux.defer(() -> {
            SplitReading reading = new SplitReading(this, split, from, schema);
            return Flux.<RecordBatch>generate(reading::emit)
                    .doOnCancel(reading::abort)
                    .doFinally(signal -> reading.close());
        });
    }

    @Override
    public void close() {
        snapshot.close();
    }

    ReadDialect dialect() {
        return dialect;
    }

    ReadSettings settings() {
        return settings;
    }

    ReadDialect.Snapshot snapshot() {
        return snapshot;
    }

    /** What the settings mean in the database as it is now. */
    Selection select(Connection connection) throws SQLException, ConnectorException {
        if (settings.query().isPresent()) {
            return Selection.of(
                    settings, dialect.query(connection, settings.query().get()));
        }
        var table = settings.table().orElseThrow();
        Optional<Relation> found = dialect.table(connection, table);
        if (found.isEmpty()) {
            throw new ConnectorException(
                    "JDBC-NO-TABLE",
                    Category.FATAL,
                    "table: there is no table '" + table.shown() + "' that the user may see",
                    Suggestions.sentence(table.shown(), dialect.tables(connection, table)));
        }
        return Selection.of(settings, found.get());
    }
}
