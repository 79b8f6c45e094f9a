package io.streamforge.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL server, as writers use it. */
final class PostgresServer implements Server {

    private final PostgresConnections connections;
    private final String application;
    private final List<Mapping> mappings;
    private final boolean deferred;
    private final Failures failures;
    private final PostgresErrors errors;

    /** @param deferred true when a constraint of a target is checked at commit only */
    PostgresServer(
            PostgresConnections connections,
            String application,
            List<Mapping> mappings,
            boolean deferred,
            Failures failures,
            PostgresErrors errors) {
        this.connections = connections;
        this.application = PostgresConnections.application(application);
        this.mappings = mappings;
        this.deferred = deferred;
        this.failures = failures;
        this.errors = errors;
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = connections.connect(application);
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public Load load(Connection connection) {
        List<Load> loads = new ArrayList<>();
        for (int table = 0; table < mappings.size(); table++) {
            loads.add(load(connection, mappings.get(table), table));
        }
        return new TablesLoad(
                connection,
                loads,
                mappings.stream().map(mapping -> mapping.table().name()).toList());
    }

    @Override
    public void limitPatience(Connection connection) throws SQLException {
        Statements.execute(connection, "SET LOCAL lock_timeout = '2s'");
    }

    /** The limit was one of the transaction. */
    @Override
    public void restorePatience(Connection connection) {}

    @Override
    public void endOwners(Connection connection, Offsets offsets) throws SQLException {
        String sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ?"
                + " AND pid <> pg_backend_pid() AND pid = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (long owner : offsets.owners(connection)) {
                statement.setString(1, application);
                statement.setLong(2, owner);
                statement.execute();
            }
        }
    }

    @Override
    public void checkConstraints(Connection connection) throws SQLException {
        if (deferred) {
            Statements.execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
        }
    }

    @Override
    public DatabaseErrors errors() {
        return errors;
    }

    private Load load(Connection connection, Mapping mapping, int number) {
        if (mapping.mode() == WriteMode.INSERT) {
            TableName target = mapping.table().name();
            return new InsertLoad(connection, RowCopy.ofRows(target, mapping, List.of(), failures));
        }
        PostgresKeyed keyed = new PostgresKeyed(mapping, number);
        Optional<DirectPuts> direct = mapping.mode() == WriteMode.UPDATE
                ? Optional.empty()
                : Optional.of(new DirectPuts(
                        connection, RowCopy.ofRows(mapping.table().name(), mapping, mapping.key(), failures)));
        return new KeyedLoad(
                connection,
                mapping,
                keyed.sql(),
                RowCopy.ofRows(keyed.rows(), mapping, mapping.key(), failures),
                mapping.deletes() ? Optional.of(RowCopy.ofKeys(keyed.keys(), mapping, failures)) : Optional.empty(),
                direct);
    }
}
