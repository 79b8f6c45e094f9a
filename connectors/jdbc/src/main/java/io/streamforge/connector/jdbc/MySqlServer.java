package io.streamforge.connector.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A MySQL or MariaDB server, as writers use it. */
final class MySqlServer implements Server {

    private static final int NO_SUCH_THREAD = 1094;

    private final MySqlConnections connections;
    private final String program;
    private final List<Mapping> mappings;
    private final Failures failures;
    private final MySqlErrors errors;

    MySqlServer(
            MySqlConnections connections,
            String program,
            List<Mapping> mappings,
            Failures failures,
            MySqlErrors errors) {
        this.connections = connections;
        this.program = program;
        this.mappings = mappings;
        this.failures = failures;
        this.errors = errors;
    }

    /** Of a session that writes: strict, in UTC, seeing what others have committed. */
    static void configure(Connection connection) throws SQLException {
        Statements.execute(
                connection,
                List.of(
                        "SET SESSION sql_mode = '" + MySqlGrammar.SQL_MODE + "', time_zone = '+00:00'",
                        "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"));
        connection.setAutoCommit(false);
    }

    /** The lock says that the connection is one of ours. */
    @Override
    public Connection connect() throws SQLException {
        Connection connection = connections.connect(program);
        try {
            configure(connection);
            number(connection, "SELECT get_lock(concat('streamforge/', connection_id()), 0)");
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Load load(Connection connection) throws SQLException {
        boolean allowed = connection
                .unwrap(org.mariadb.jdbc.Connection.class)
                .getContext()
                .getConf()
                .allowLocalInfile();
        boolean infile = allowed && number(connection, "SELECT @@local_infile") == 1;
        List<Load> loads = new ArrayList<>();
        for (int table = 0; table < mappings.size(); table++) {
            loads.add(load(connection, mappings.get(table), table, infile));
        }
        return new TablesLoad(
                connection,
                loads,
                mappings.stream().map(mapping -> mapping.table().name()).toList());
    }

    @Override
    public void limitPatience(Connection connection) throws SQLException {
        Statements.execute(connection, "SET SESSION innodb_lock_wait_timeout = 2");
    }

    @Override
    public void restorePatience(Connection connection) throws SQLException {
        Statements.execute(connection, "SET SESSION innodb_lock_wait_timeout = DEFAULT");
    }

    @Override
    public void endOwners(Connection connection, Offsets offsets) throws SQLException {
        long own = number(connection, "SELECT connection_id()");
        for (long owner : offsets.owners(connection)) {
            boolean ours = number(connection, "SELECT coalesce(is_used_lock('streamforge/" + owner + "'), 0)") == owner;
            if (ours && owner != own) {
                end(connection, owner);
            }
        }
    }

    /** InnoDB checks all constraints at once. */
    @Override
    public void checkConstraints(Connection connection) {}

    @Override
    public DatabaseErrors errors() {
        return errors;
    }

    private Load load(Connection connection, Mapping mapping, int number, boolean infile) {
        MySqlRows rows = MySqlRows.ofRows(mapping, failures);
        if (mapping.mode() == WriteMode.INSERT) {
            return new InsertLoad(connection, transfer(mapping.table().name(), rows, infile));
        }
        MySqlKeyed keyed = new MySqlKeyed(mapping, number);
        Optional<Transfer> keys = mapping.deletes()
                ? Optional.of(transfer(keyed.keys(), MySqlRows.ofKeys(mapping, failures), infile))
                : Optional.empty();
        return new KeyedLoad(
                connection, mapping, keyed.sql(), transfer(keyed.rows(), rows, infile), keys, Optional.empty());
    }

    private static Transfer transfer(TableName table, MySqlRows rows, boolean infile) {
        return infile ? new MySqlInfile(table, rows) : new MySqlInserts(table, rows);
    }

    private static void end(Connection connection, long thread) throws SQLException {
        try {
            Statements.execute(connection, "KILL CONNECTION " + thread);
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_SUCH_THREAD) {
                throw e;
            }
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
