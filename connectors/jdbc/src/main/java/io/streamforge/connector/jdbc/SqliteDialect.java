package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Problem;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQLite. */
final class SqliteDialect implements Dialect {

    /** SQLite itself has no bound. */
    private static final int LONGEST_NAME = 1000;

    private final JdbcSettings settings;
    private final SqliteFile file;
    private final Failures failures;
    private final SqliteErrors errors;

    SqliteDialect(JdbcSettings settings, SqliteFile file) {
        this.settings = settings;
        this.file = file;
        failures = new Failures(settings.access(), file.path().toString());
        errors = new SqliteErrors(failures);
    }

    @Override
    public Optional<Connection> look() throws SQLException {
        return file.exists() ? Optional.of(file.look()) : Optional.empty();
    }

    @Override
    public Optional<TargetTable> describe(Connection connection, TableName name) throws SQLException {
        return new SqliteCatalog(connection).find(name.name());
    }

    @Override
    public TableName created(TableName name) {
        return new TableName(Optional.empty(), name.name(), true);
    }

    @Override
    public Grammar grammar() {
        return new SqliteGrammar();
    }

    @Override
    public List<Problem> obstacles(@Nullable Connection connection, @Nullable TargetTable target, JdbcSettings routed)
            throws SQLException {
        List<Problem> problems = new ArrayList<>();
        Path directory = file.directory();
        if (!Files.isDirectory(directory)) {
            problems.add(new Problem(
                    "JDBC-CANNOT-OPEN",
                    JdbcOptions.URL,
                    "directory '" + directory + "' does not exist",
                    "create it, or name a file in another"));
        } else if (!Files.isWritable(directory) || (file.exists() && !Files.isWritable(file.path()))) {
            problems.add(new Problem(
                    "JDBC-READ-ONLY",
                    JdbcOptions.URL,
                    "'" + file.path() + "' or its directory is not writable",
                    "make both writable: SQLite keeps a log beside the file"));
        }
        if (connection != null
                && target != null
                && new SqliteCatalog(connection).view(target.name().name())) {
            problems.add(new Problem(
                    "JDBC-NOT-A-TABLE",
                    JdbcOptions.TABLE,
                    "'" + target.name().shown() + "' is a view",
                    "name a table"));
        }
        return problems;
    }

    @Override
    public Optional<String> createdType(DataType type) {
        return Optional.of(SqliteBinders.createdType(type));
    }

    @Override
    public String accepted(DataType type) {
        return SqliteBinders.accepted(type);
    }

    @Override
    public boolean fits(DataType type, TargetColumn column) {
        return SqliteBinders.of(Column.nullable(column.name(), type), SqliteAffinity.of(column.type()))
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
        Connection connection = file.connect();
        try {
            SqliteSession session =
                    new SqliteSession(connection, settings.access().timeout());
            session.begin();
            Preparation.Prepared prepared = new Preparation(this, settings, context).prepare(connection);
            session.commit();
            List<SqliteStatements> statements = new ArrayList<>();
            for (Mapping mapping : prepared.mappings()) {
                statements.add(new SqliteStatements(connection, mapping));
            }
            return new SqliteWriter(session, statements, prepared, errors, failures);
        } catch (SQLException | ConnectorException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public ConnectorException failure(String attempted, SQLException cause) {
        return errors.translate(attempted, cause);
    }
}
