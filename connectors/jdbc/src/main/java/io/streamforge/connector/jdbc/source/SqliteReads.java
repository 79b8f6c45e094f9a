package io.streamforge.connector.jdbc.source;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.jdbc.Failures;
import io.streamforge.connector.jdbc.JdbcAccess;
import io.streamforge.connector.jdbc.SqliteCatalog;
import io.streamforge.connector.jdbc.SqliteErrors;
import io.streamforge.connector.jdbc.SqliteFile;
import io.streamforge.connector.jdbc.TableName;
import io.streamforge.record.DataType.Kind;
import io.streamforge.record.RowSchema;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads SQLite files, each range in a transaction of its own. */
public final class SqliteReads implements ReadDialect {

    private final SqliteFile file;
    private final SqliteErrors errors;
    private final SelectSql sql = new SelectSql(TableName::quote, SqliteReads::literal);
    private final CountedCuts counted = new CountedCuts(sql, SqliteReads::text, "/");

    public SqliteReads(JdbcAccess access, SqliteFile file) {
        this.file = file;
        errors = new SqliteErrors(new Failures(access, file.path().toString()));
    }

    @Override
    public Connection connect(String application) throws SQLException {
        return file.look();
    }

    @Override
    public Optional<Relation> table(Connection connection, TableName table) throws SQLException {
        return new SqliteCatalog(connection).relation(table);
    }

    @Override
    public List<String> tables(Connection connection, TableName table) throws SQLException {
        return new SqliteCatalog(connection).names();
    }

    @Override
    public Relation query(Connection connection, String query) throws SQLException {
        return new SqliteCatalog(connection).query(query);
    }

    @Override
    public SelectSql sql() {
        return sql;
    }

    @Override
    public List<List<String>> cuts(Connection connection, Selection selection, long rows, int parts)
            throws SQLException {
        return counted.of(connection, selection, "", parts);
    }

    @Override
    public Snapshot snapshot() {
        return new OwnSnapshot(List.of("BEGIN"));
    }

    @Override
    public RowStream open(Connection connection, String query, Selection selection, RowSchema schema)
            throws SQLException {
        Statement statement = connection.createStatement();
        return new ResultRows(statement.executeQuery(query), selection, schema, SqliteCells::of);
    }

    @Override
    public ConnectorException failure(String attempted, SQLException cause) {
        return errors.translate(attempted, cause);
    }

    private static String literal(ReadColumn column, String text) {
        Kind kind = Objects.requireNonNull(column.logical()).kind();
        return switch (kind) {
            case BYTES -> "X'" + text.replaceAll("[^0-9A-Fa-f]", "") + "'";
            case STRING -> "CAST(X'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "' AS TEXT)";
            default -> text.replaceAll("[^-0-9]", "");
        };
    }

    private static String text(ReadColumn column) {
        String name = TableName.quote(column.name());
        return Objects.requireNonNull(column.logical()).kind() == Kind.BYTES
                ? "hex(" + name + ")"
                : "CAST(" + name + " AS TEXT)";
    }
}
