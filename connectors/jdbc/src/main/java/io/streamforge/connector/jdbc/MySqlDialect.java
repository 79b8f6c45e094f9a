package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Problem;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** MySQL and MariaDB. */
final class MySqlDialect implements Dialect {

    private static final int LONGEST_NAME = 64;
    private static final String PREPARE = "'streamforge prepare'";

    private final JdbcSettings settings;
    private final MySqlConnections connections;
    private final Failures failures;
    private final MySqlErrors errors;

    MySqlDialect(JdbcSettings settings, String place) {
        this.settings = settings;
        connections = new MySqlConnections(settings.access());
        failures = new Failures(settings.access(), place);
        errors = new MySqlErrors(failures);
    }

    @Override
    public Optional<Connection> look() throws SQLException {
        Connection connection = connections.connect("streamforge/check");
        try {
            Statements.execute(
                    connection,
                    List.of("SET SESSION sql_mode = '" + MySqlGrammar.SQL_MODE + "', time_zone = '+00:00'"));
            connection.setReadOnly(true);
            return Optional.of(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Optional<TargetTable> describe(Connection connection, TableName name) throws SQLException {
        return new MySqlCatalog(connection).find(name);
    }

    @Override
    public TableName created(TableName name) {
        return new TableName(name.schema(), name.name(), true);
    }

    @Override
    public Grammar grammar() {
        return new MySqlGrammar();
    }

    @Override
    public List<Problem> obstacles(@Nullable Connection connection, @Nullable TargetTable target, JdbcSettings routed)
            throws SQLException {
        MySqlCatalog catalog = new MySqlCatalog(Objects.requireNonNull(connection));
        List<Problem> problems = new ArrayList<>();
        if (target == null) {
            String schema = routed.table().schema().orElse(null);
            if (schema != null && !catalog.schemaExists(schema)) {
                problems.add(new Problem(
                        "JDBC-NO-SCHEMA",
                        JdbcOptions.TABLE,
                        "database '" + schema + "' does not exist",
                        "create it, or name another in table"));
            }
            return problems;
        }
        MySqlCatalog.Kind kind = catalog.kind(target.name());
        if (kind.view()) {
            problems.add(new Problem(
                    "JDBC-NOT-A-TABLE",
                    JdbcOptions.TABLE,
                    "'" + target.name().shown() + "' is a view",
                    "name a table"));
        } else if (!kind.engine().equalsIgnoreCase("InnoDB")) {
            problems.add(new Problem(
                    "JDBC-ENGINE",
                    JdbcOptions.TABLE,
                    "engine " + kind.engine() + " of '" + target.name().shown()
                            + "' has no transactions: a row could be written twice",
                    "ALTER TABLE " + target.name().shown() + " ENGINE = InnoDB"));
        }
        return problems;
    }

    @Override
    public Optional<String> createdType(DataType type) {
        return Optional.ofNullable(MySqlColumns.createdType(type));
    }

    @Override
    public Optional<String> createdKeyType(DataType type) {
        return Optional.ofNullable(MySqlColumns.createdKeyType(type));
    }

    @Override
    public String tableOptions() {
        return MySqlGrammar.TABLE_OPTIONS;
    }

    @Override
    public String accepted(DataType type) {
        return MySqlColumns.accepted(type);
    }

    @Override
    public boolean fits(DataType type, TargetColumn column) {
        return MySqlColumns.of(Column.nullable(column.name(), type), MySqlType.parse(column.type()))
                .isPresent();
    }

    @Override
    public int longestName() {
        return LONGEST_NAME;
    }

    @Override
    public boolean foldsCase() {
        return true;
    }

    @Override
    public SinkWriter open(SinkContext context) throws SQLException, ConnectorException {
        String program = "streamforge/" + context.queueId() + "/" + context.vertex();
        try (Connection connection = connections.connect(program)) {
            MySqlServer.configure(connection);
            // DDL ends transactions, so that a lock of the connection keeps other writers from preparing meanwhile.
            Statements.execute(connection, "DO get_lock(" + PREPARE + ", 60)");
            Preparation.Prepared prepared = new Preparation(this, settings, context).prepare(connection);
            connection.commit();
            MySqlServer server = new MySqlServer(connections, program, prepared.mappings(), failures, errors);
            return new TransactionWriter(server, prepared);
        }
    }

    @Override
    public ConnectorException failure(String attempted, SQLException cause) {
        return errors.translate(attempted, cause);
    }
}
