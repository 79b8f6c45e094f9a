package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Problem;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PostgreSQL. */
final class PostgresDialect implements Dialect {

    private static final int LONGEST_NAME = 63;

    private final JdbcSettings settings;
    private final PostgresConnections connections;
    private final Failures failures;
    private final PostgresErrors errors;

    PostgresDialect(JdbcSettings settings, String place) {
        this.settings = settings;
        connections = new PostgresConnections(settings.access());
        failures = new Failures(settings.access(), place);
        errors = new PostgresErrors(failures);
    }

    @Override
    public Optional<Connection> look() throws SQLException {
        return Optional.of(connections.connect("streamforge/check"));
    }

    @Override
    public Optional<TargetTable> describe(Connection connection, TableName name) throws SQLException {
        return new PostgresCatalog(connection).find(name);
    }

    @Override
    public TableName created(TableName name) {
        return name.folded();
    }

    @Override
    public Grammar grammar() {
        return new PostgresGrammar();
    }

    @Override
    public List<Problem> obstacles(@Nullable Connection connection, @Nullable TargetTable target, JdbcSettings routed)
            throws SQLException {
        return new PostgresObstacles(Objects.requireNonNull(connection), routed).find(target);
    }

    @Override
    public Optional<String> createdType(DataType type) {
        return Optional.ofNullable(
                switch (type.kind()) {
                    case BOOLEAN -> "boolean";
                    case INT32 -> "integer";
                    case INT64 -> "bigint";
                    case UINT64 -> "numeric(20,0)";
                    case FLOAT32 -> "real";
                    case FLOAT64 -> "double precision";
                    case DECIMAL -> "numeric(" + type.precision() + "," + type.scale() + ")";
                    case STRING -> "text";
                    case BYTES -> "bytea";
                    case UUID -> "uuid";
                    case DATE -> "date";
                    case TIME -> "time(" + type.precision() + ") without time zone";
                    case TIMESTAMP -> type.nanos() ? null : "timestamp(" + type.precision() + ") without time zone";
                    case TIMESTAMP_TZ -> type.nanos() ? null : "timestamp(" + type.precision() + ") with time zone";
                    case INTERVAL -> "interval";
                    case JSON, MAP -> "jsonb";
                    case ARRAY -> createdArray(Objects.requireNonNull(type.element()));
                });
    }

    @Override
    public String accepted(DataType type) {
        return CopyColumns.accepted(type);
    }

    @Override
    public boolean fits(DataType type, TargetColumn column) {
        return CopyColumns.of(Column.nullable(column.name(), type), PostgresType.parse(column.type()))
                .isPresent();
    }

    @Override
    public int longestName() {
        return LONGEST_NAME;
    }

    @Override
    public boolean foldsCase() {
        return false;
    }

    @Override
    public SinkWriter open(SinkContext context) throws SQLException, ConnectorException {
        String application = "streamforge/" + context.queueId() + "/" + context.vertex();
        Preparation preparation = new Preparation(this, settings, context);
        try (Connection connection = connections.connect(application)) {
            connection.setAutoCommit(false);
            // One writer at a time: CREATE … IF NOT EXISTS alone is not safe against another.
            Statements.execute(connection, "SELECT pg_advisory_xact_lock(hashtextextended('streamforge prepare', 0))");
            Preparation.Prepared prepared = preparation.prepare(connection);
            boolean deferred = false;
            for (Mapping mapping : prepared.mappings()) {
                deferred |= new PostgresCatalog(connection)
                        .deferredConstraints(mapping.table().name());
            }
            connection.commit();
            PostgresServer server =
                    new PostgresServer(connections, application, prepared.mappings(), deferred, failures, errors);
            return new TransactionWriter(server, prepared);
        }
    }

    @Override
    public ConnectorException failure(String attempted, SQLException cause) {
        return errors.translate(attempted, cause);
    }

    private @Nullable String createdArray(DataType element) {
        if (element.kind() == DataType.Kind.ARRAY || element.kind() == DataType.Kind.MAP) {
            return "jsonb";
        }
        return createdType(element).map(type -> type + "[]").orElse(null);
    }
}
